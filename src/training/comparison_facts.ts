import { isoTime } from "../base/time.ts";
import type { BreakdownRow } from "../evaluation/breakdown_rows.ts";
import { type CertainRow, toCertainRows } from "../evaluation/certainty.ts";
import type { OverlapRow } from "../evaluation/overlaps.ts";
import type { Population } from "../evaluation/prepared_holdout.ts";
import { type PartSummary, summarizeSplit } from "../interactions/split.ts";
import { type SplitDay, splitDays } from "../interactions/split_days.ts";
import type { Comparison } from "./compare_models.ts";

/** A line of the comparison and the window that it was measured on. */
export interface WindowRow extends CertainRow {
  readonly window: "validation" | "test";
}

/** The figures of both windows, validation first. */
export function windowRows({ validation, test }: Comparison): WindowRow[] {
  return [
    ...toCertainRows(validation).map((row) => ({ window: "validation" as const, ...row })),
    ...toCertainRows(test).map((row) => ({ window: "test" as const, ...row })),
  ];
}

/** What fell into one part of a split, and when that begins. */
export interface PartFacts extends PartSummary {
  /** ISO time; absent for train, which has all that lies before. */
  readonly from?: string;
}

/** What a comparison tells besides its figures; plain JSON, for reports. */
export interface ComparisonFacts {
  readonly split: readonly PartFacts[];
  readonly days: readonly SplitDay[];
  /** Whom the test window's figures are of; absent where nothing happened in it. */
  readonly population?: Population;
  readonly breakdowns: readonly BreakdownRow[];
  readonly overlaps: readonly OverlapRow[];
}

/** Gathers what a report shows of a comparison. */
export function comparisonFacts(
  { split, test, breakdowns, overlaps }: Comparison,
): ComparisonFacts {
  const starts = { train: undefined, validation: split.validationStart, test: split.testStart };
  return {
    split: summarizeSplit(split).map((summary): PartFacts => {
      const start = starts[summary.part];
      return { ...summary, ...(start && { from: isoTime(start) }) };
    }),
    days: splitDays(split),
    ...(test.length > 0 && { population: test[0].population }),
    breakdowns,
    overlaps,
  };
}
