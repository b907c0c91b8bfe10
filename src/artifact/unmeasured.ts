import type { Manifest } from "./manifest.ts";

/**
 * What to print wherever an artifact is made or served whose models were never measured.
 *
 * @returns `undefined` for a measured artifact.
 */
export function unmeasuredWarning(
  { unmeasured, defaultModel }: Pick<Manifest, "unmeasured" | "defaultModel">,
): string | undefined {
  if (unmeasured === undefined) return undefined;
  return `
WARNING: this artifact is unmeasured. Nothing shows that its model, ${defaultModel}, is any good.
Why, and what to do: ${unmeasured}.
Then train again: deno task train, or deno task start --retrain.
`;
}
