import { z } from "zod";
import { type BreakdownRow, BREAKDOWNS } from "../evaluation/breakdown_rows.ts";
import type { CertainRow } from "../evaluation/certainty.ts";
import { TASKS } from "../evaluation/evaluate.ts";
import { PROTOCOLS } from "../evaluation/holdout.ts";
import { LIST_METRIC_NAMES } from "../evaluation/list_metrics.ts";
import { COMMON_METRICS, OPTIONAL_METRICS } from "../evaluation/model_metrics.ts";
import type { OverlapRow } from "../evaluation/overlaps.ts";
import type { Population } from "../evaluation/prepared_holdout.ts";
import type { PartSummary } from "../interactions/split.ts";
import type { SplitDay } from "../interactions/split_days.ts";

// The parts of a manifest about an evaluation: training writes these types, the report reads them.
// Types of results that the evaluation declares are checked against the schema by the compiler.

const metrics = z.record(z.enum(LIST_METRIC_NAMES), z.number());

/** A model at a task on one window, with intervals and p-values. */
export const windowRowSchema = z.object({
  window: z.enum(["validation", "test"]),
  model: z.string(),
  task: z.enum(TASKS),
  k: z.number(),
  users: z.number(),
  ...numbersFor(LIST_METRIC_NAMES, z.number()),
  ...numbersFor(COMMON_METRICS, z.number()),
  ...numbersFor(OPTIONAL_METRICS, z.number().optional()),
  low: metrics.optional(),
  high: metrics.optional(),
  pValueWinner: z.number().optional(),
  pValuePopularity: z.number().optional(),
}) satisfies z.ZodType<CertainRow>;

/** As {@linkcode windowRowSchema} describes it. */
export type WindowRow = z.infer<typeof windowRowSchema>;

const part = z.enum(["train", "validation", "test"]);

/** One part of a split. */
const partSchema = z.object({
  part,
  events: z.number(),
  users: z.number(),
  newUsers: z.number(),
  pairs: z.number(),
  repeatPairs: z.number(),
  /** Start of the part, ISO time; absent for train, which starts with the data. */
  from: z.string().optional(),
}) satisfies z.ZodType<PartSummary>;

/** One part of a split, and when it starts. */
export type PartFacts = z.infer<typeof partSchema>;

/** What a report shows of a comparison besides the rows. */
export const comparisonSchema = z.object({
  split: z.array(partSchema).readonly(),
  days: z.array(
    z.object({ date: z.string(), part, events: z.number() }) satisfies z.ZodType<SplitDay>,
  ).readonly(),
  /** What was predicted; absent for `window`. */
  protocol: z.enum(PROTOCOLS).optional(),
  /** The users of the test window; absent if nothing happened in it. */
  population: (z.object({
    measurable: z.number(),
    measured: z.number(),
    unpriced: z.number().optional(),
    withoutTruth: z.number(),
    withoutHistory: z.number(),
  }) satisfies z.ZodType<Population>).optional(),
  breakdowns: z.array(
    z.object({
      by: z.enum(BREAKDOWNS),
      model: z.string(),
      group: z.string(),
      users: z.number(),
      mean: z.number(),
      low: z.number(),
      high: z.number(),
    }) satisfies z.ZodType<BreakdownRow>,
  ).readonly(),
  overlaps: z.array(
    z.object({
      model: z.string(),
      other: z.string(),
      overlap: z.number(),
    }) satisfies z.ZodType<OverlapRow>,
  ).readonly(),
});

/** As {@linkcode comparisonSchema} describes it. */
export type ComparisonFacts = z.infer<typeof comparisonSchema>;

/**
 * A candidate against one model that it has to beat, in NDCG for new products on the test window.
 */
const gateTestSchema = z.object({
  against: z.string(),
  candidate: z.number(),
  other: z.number(),
  /** 95% interval of the difference, candidate less other: paired bootstrap over users. */
  low: z.number(),
  high: z.number(),
  /** The candidate's in the table of models: two-sided, Holm's method over all models compared. */
  pValue: z.number(),
  passed: z.boolean(),
});

/** One test of the gate. */
export type GateTest = z.infer<typeof gateTestSchema>;

/** Whether a candidate may become the default, and why. */
export const gateSchema = z.object({
  candidate: z.string(),
  passed: z.boolean(),
  /** How many users were measured; absent in artifacts of older programs. */
  users: z.number().optional(),
  /**
   * How many models each p-value was corrected for; absent in artifacts of older programs.
   */
  comparisons: z.number().optional(),
  /**
   * Against popularity and the served model, unless they are the candidate itself; none with too
   * few users.
   */
  tests: z.array(gateTestSchema).readonly(),
});

/** As {@linkcode gateSchema} describes it. */
export type GateResult = z.infer<typeof gateSchema>;

/** What a report shows of the cleaning of the events. */
export const cleaningSchema = z.object({
  rowsIn: z.number(),
  steps: z.array(z.object({ step: z.string(), removed: z.number(), left: z.number() })).readonly(),
  rowsOut: z.number(),
});

/** As {@linkcode cleaningSchema} describes it. */
export type CleaningFacts = z.infer<typeof cleaningSchema>;

/** Everything about an evaluation in a manifest. */
export const evaluationFactsSchema = z.object({
  evaluation: z.array(windowRowSchema).readonly(),
  comparison: comparisonSchema,
  gate: gateSchema.optional(),
  cleaning: cleaningSchema.optional(),
});

/** As {@linkcode evaluationFactsSchema} describes it. */
export type EvaluationFacts = z.infer<typeof evaluationFactsSchema>;

function numbersFor<Name extends string, Schema>(
  names: readonly Name[],
  schema: Schema,
): Record<Name, Schema> {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;
}
