import type { ComparisonFacts, PartFacts, WindowRow } from "../artifact/evaluation_facts.ts";
import { isoTime } from "../base/time.ts";
import { toCertainRows } from "../evaluation/certainty.ts";
import type { Evaluation } from "../evaluation/evaluate.ts";
import { summarizeSplit } from "../interactions/split.ts";
import { splitDays } from "../interactions/split_days.ts";
import type { Comparison } from "./compare_models.ts";

/** The figures of one window, with their certainty. */
export function rowsOfWindow(
  window: WindowRow["window"],
  evaluations: readonly Evaluation[],
): WindowRow[] {
  return toCertainRows(evaluations).map((row) => ({ window, ...row }));
}

/** The figures of both windows, validation first. */
export function windowRows({ validation, test }: Comparison): WindowRow[] {
  return [...rowsOfWindow("validation", validation), ...rowsOfWindow("test", test)];
}

/** What a report shows of a comparison besides its rows. */
export function comparisonFacts(
  { split, protocol, test, breakdowns, overlaps }: Comparison,
): ComparisonFacts {
  const starts = { train: undefined, validation: split.validationStart, test: split.testStart };
  return {
    split: summarizeSplit(split).map((summary): PartFacts => {
      const start = starts[summary.part];
      return { ...summary, ...(start && { from: isoTime(start) }) };
    }),
    days: splitDays(split),
    // Absent for the protocol that was the only one once, so that older programs' figures read on.
    ...(protocol !== "window" && { protocol }),
    ...(test.length > 0 && { population: test[0].population }),
    breakdowns,
    overlaps,
  };
}
