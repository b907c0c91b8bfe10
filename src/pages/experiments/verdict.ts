import type { Effect, MetricName } from "./answers.ts";
import { differenceText, METRIC_WORDS } from "./metric_words.ts";

/** What an effect means. */
export interface Verdict {
  readonly text: string;
  /** Whether it is certain, and then whether the arm is better or worse. */
  readonly kind: "better" | "worse" | "open";
}

/**
 * What an effect means, in a sentence: who may rely on it, or what is missing until somebody may.
 *
 * @param effect Undefined where there is nothing to compare.
 * @param options `isOff`: whether arms have the wrong shares of users. `areAlike`: whether all
 *   users of an arm did the same, so that nobody knows how much users differ. Default neither.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const difference = { estimate: 0.02, low: 0.01, high: 0.03 };
 * const verdict = verdictOf("clickThrough", { difference, isCertain: true });
 * assertEquals(verdict, { text: "Its lists are clicked more: certain.", kind: "better" });
 * ```
 */
export function verdictOf(
  metric: MetricName,
  effect: Effect | undefined,
  { isOff = false, areAlike = false }: { readonly isOff?: boolean; readonly areAlike?: boolean } =
    {},
): Verdict {
  const open = (text: string): Verdict => ({ text, kind: "open" });
  if (!effect) return open("Not certain yet: there are too few users to compare.");
  if (isOff) return open("Not to be trusted: the arms have the wrong shares of users.");
  const { isCertain, difference: { estimate, high } } = effect;
  if (isCertain) {
    const isMore = estimate > 0;
    const { more, less } = METRIC_WORDS[metric];
    return { text: `${isMore ? more : less}: certain.`, kind: isMore ? "better" : "worse" };
  }
  if (high === undefined) {
    if (areAlike) return open("Not certain yet: so far all users of an arm did the same.");
    return open("Not certain yet: each arm needs at least a hundred users.");
  }
  return open(
    "Not certain yet: with as many users as now, it takes a difference above " +
      `${differenceText(metric, high - estimate)}.`,
  );
}
