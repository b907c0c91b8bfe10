import { z } from "zod";
import type { Manifest } from "../../artifact/manifest.ts";
import { BREAKDOWNS } from "../../evaluation/breakdown_rows.ts";
import { TASKS } from "../../evaluation/evaluate.ts";
import { InputError } from "../../base/input_error.ts";

const metricsShape = {
  precision: z.number(),
  recall: z.number(),
  ndcg: z.number(),
  map: z.number(),
  mrr: z.number(),
  hitRate: z.number(),
};

const rowSchema = z.object({
  window: z.enum(["validation", "test"]),
  model: z.string(),
  task: z.enum(TASKS),
  k: z.number(),
  users: z.number(),
  ...metricsShape,
  coverage: z.number(),
  novelty: z.number(),
  gini: z.number(),
  diversity: z.number().optional(),
  rmse: z.number().optional(),
  mae: z.number().optional(),
  low: z.object(metricsShape).optional(),
  high: z.object(metricsShape).optional(),
  pValueWinner: z.number().optional(),
  pValuePopularity: z.number().optional(),
});

const groupSchema = z.object({
  by: z.enum(BREAKDOWNS),
  model: z.string(),
  group: z.string(),
  users: z.number(),
  mean: z.number(),
  low: z.number(),
  high: z.number(),
});

const comparisonSchema = z.object({
  split: z.array(z.object({
    part: z.enum(["train", "validation", "test"]),
    from: z.string().optional(),
    events: z.number(),
    users: z.number(),
    newUsers: z.number(),
    pairs: z.number(),
    repeatPairs: z.number(),
  })),
  days: z.array(z.object({ date: z.string(), part: z.string(), events: z.number() })),
  population: z.object({
    measurable: z.number(),
    measured: z.number(),
    withoutTruth: z.number(),
    withoutHistory: z.number(),
  }).optional(),
  breakdowns: z.array(groupSchema),
  overlaps: z.array(z.object({ model: z.string(), other: z.string(), overlap: z.number() })),
});

const gateSchema = z.object({
  candidate: z.string(),
  passed: z.boolean(),
  tests: z.array(z.object({
    against: z.string(),
    candidate: z.number(),
    other: z.number(),
    low: z.number(),
    high: z.number(),
    pValue: z.number(),
    passed: z.boolean(),
  })),
});

const cleaningSchema = z.object({
  rowsIn: z.number(),
  steps: z.array(z.object({ step: z.string(), removed: z.number(), left: z.number() })),
  rowsOut: z.number(),
});

/** What of a manifest a report rests on; an evaluation that exports nothing gives the same. */
export type ReportManifest = Pick<
  Manifest,
  "created" | "data" | "defaultModel" | "decision" | "gate" | "evaluation" | "comparison"
>;

const factsSchema = z.object({
  evaluation: z.array(rowSchema),
  comparison: comparisonSchema,
  gate: gateSchema.optional(),
  cleaning: cleaningSchema.optional(),
});

/** A line of the comparison: a model at a task, on a window. */
export type ReportRow = z.infer<typeof rowSchema>;

/** One model's figure for one group of users. */
export type ReportGroup = z.infer<typeof groupSchema>;

/** Everything that a report shows. */
export interface ReportSource extends z.infer<typeof factsSchema> {
  /** The artifact's version; absent for an evaluation that exported nothing. */
  readonly version?: string;
  readonly created: string;
  readonly data: Manifest["data"];
  readonly defaultModel: string;
  readonly decision: string;
}

/**
 * Reads what a report shows from a manifest.
 *
 * @param version Of the artifact; none for an evaluation that exported nothing.
 * @throws {InputError} If the manifest lacks it: it is of an older program, or wasn't made by training.
 */
export function reportSource(
  { created, data, defaultModel, decision, ...facts }: ReportManifest,
  version?: string,
): ReportSource {
  const parsed = factsSchema.safeParse({ ...facts, cleaning: data.cleaning });
  if (!parsed.success) {
    throw new InputError(
      `Cannot report on ${version ?? "the evaluation"}: it doesn't hold what a report shows ` +
        `(${z.prettifyError(parsed.error).split("\n").slice(0, 2).join(" ")}); train again: ` +
        "deno task train --events FILE",
    );
  }
  return { version, created, data, defaultModel, decision, ...parsed.data };
}
