import type { BootstrapOptions } from "./bootstrap.ts";
import { breakdownByHistory, type ModelGroupFigure } from "./breakdown.ts";
import type { Evaluation } from "./evaluate.ts";
import type { PreparedHoldout } from "./prepared_holdout.ts";
import type { TaskResult } from "./tally.ts";
import { breakdownByDay, breakdownByPopularity } from "./target_breakdown.ts";

/** What a comparison can be broken down by. */
export const BREAKDOWNS = ["history", "day", "popularity"] as const;

/** One of {@linkcode BREAKDOWNS}: events in the history, days since training, popularity of the target. */
export type BreakdownBy = typeof BREAKDOWNS[number];

/** One model's figure for one group: NDCG by history, recall by day and by popularity; new products. */
export interface BreakdownRow extends ModelGroupFigure {
  readonly by: BreakdownBy;
}

/**
 * All breakdowns of a comparison, for new products, to see for whom and what a model works.
 *
 * @param evaluations Of models measured on the same users of the holdout.
 * @param newcomers How users without a history fared; see {@linkcode breakdownByHistory}.
 * @returns Breakdown by breakdown, group by group, model by model.
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
