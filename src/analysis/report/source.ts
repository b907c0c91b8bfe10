import { z } from "zod";
import { type EvaluationFacts, evaluationFactsSchema } from "../../artifact/evaluation_facts.ts";
import type { Manifest } from "../../artifact/manifest.ts";
import type { ShownProduct } from "./product.ts";
import { InputError } from "../../base/input_error.ts";

/** A user as an example: what they did, and what they are recommended. Ids aren't shown. */
export interface ExampleOfUser {
  /** The latest events, newest first, with what the user did, for example `viewed`. */
  readonly events: readonly { readonly product: ShownProduct; readonly did: string }[];
  /** The list by the served model, best first. */
  readonly list: readonly ShownProduct[];
}

/** Everything that a report shows. */
export interface ReportSource extends EvaluationFacts {
  /** What a few users are recommended; absent without an artifact. */
  readonly examples?: readonly ExampleOfUser[];
  /** The artifact's version; absent if nothing was exported. */
  readonly version?: string;
  readonly created: string;
  readonly data: ReportData;
  readonly defaultModel: string;
  readonly decision: string;
  /** Which products go together, or why there is no table; absent in older artifacts. */
  readonly complements?: Manifest["complements"];
}

/** Where the data came from, what it holds, and other facts. */
export type ReportData =
  & Pick<Manifest["data"], "users" | "items" | "events" | "from" | "to">
  & { readonly sources: readonly string[]; readonly [fact: string]: unknown };

/** The fields of a manifest that a report needs. */
export type ReportManifest = Pick<
  Manifest,
  | "created"
  | "data"
  | "defaultModel"
  | "decision"
  | "gate"
  | "evaluation"
  | "comparison"
  | "complements"
>;

/**
 * Reads what a report shows from a manifest.
 *
 * @param version The artifact's.
 * @throws {InputError} If facts are missing: an older program made the manifest, or it wasn't made
 * by training.
 */
export function reportSource(
  { created, data, defaultModel, decision, complements, ...facts }: ReportManifest,
  version: string,
): ReportSource {
  const parsed = evaluationFactsSchema.safeParse({ ...facts, cleaning: data.cleaning });
  if (!parsed.success) {
    const [reason, place = ""] = z.prettifyError(parsed.error).split("\n");
    throw new InputError(
      `Cannot report on ${version}: it lacks what a report shows (${reason} ${place}); ` +
        "train again: deno task train --events FILE",
    );
  }
  return {
    ...{ version, created, data, defaultModel, decision },
    ...(complements && { complements }),
    ...parsed.data,
  };
}
