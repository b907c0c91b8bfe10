import type { BootstrapOptions } from "../linalg/bootstrap.ts";
import { breakdownByHistory, type ModelGroupFigure } from "./breakdown.ts";
import type { Evaluation } from "./evaluate.ts";
import type { PreparedHoldout } from "./prepared_holdout.ts";
import type { TaskResult } from "./tally.ts";
import { breakdownByDay, breakdownByPopularity } from "./target_breakdown.ts";

/** What a comparison can be broken down by. */
export const BREAKDOWNS = ["history", "day", "popularity"] as const;

/** Events in the history, days since training, or popularity of the target. */
export type BreakdownBy = typeof BREAKDOWNS[number];

/** One model's figure for one group, for new products: NDCG by history, recall by the others. */
export interface BreakdownRow extends ModelGroupFigure {
  readonly by: BreakdownBy;
}

/**
 * All breakdowns of a comparison, to see for which users, days and products a model works.
 *
 * @param evaluations Of models measured on the same users of the holdout.
 * @param newcomers The result for users without a history; see {@linkcode breakdownByHistory}.
 * @returns Sorted by breakdown, then group, then model.
 */
export function breakdownRows(
  evaluations: readonly Evaluation[],
  holdout: PreparedHoldout,
  { newcomers, ...options }: BootstrapOptions & { newcomers?: TaskResult } = {},
): BreakdownRow[] {
  const named = (by: BreakdownBy, figures: ModelGroupFigure[]): BreakdownRow[] =>
    figures.map((figure) => ({ by, ...figure }));
  return [
    ...named(
      "history",
      breakdownByHistory(evaluations, holdout.history, { newcomers, ...options }),
    ),
    ...named("day", breakdownByDay(evaluations, holdout, options)),
    ...named("popularity", breakdownByPopularity(evaluations, holdout, options)),
  ];
}
