import type { Evaluation } from "./evaluate.ts";
import { meanOverlap } from "./shown_lists.ts";

/** How much two models' lists overlap. */
export interface OverlapRow {
  readonly model: string;
  readonly other: string;
  /** Mean Jaccard index over users, of lists of new products. */
  readonly overlap: number;
}

/**
 * Compares the lists of every two models; the first model of a pair is the earlier one.
 *
 * @param evaluations Of models measured on the same users.
 * @returns Empty if no user was measured.
 */
export function overlapRows(evaluations: readonly Evaluation[]): OverlapRow[] {
  if (evaluations.every(({ tasks }) => tasks.new.users === 0)) return [];
  return evaluations.flatMap(({ model, lists }, i) =>
    evaluations.slice(i + 1).map((other) => ({
      model,
      other: other.model,
      overlap: meanOverlap(lists, other.lists),
    }))
  );
}
