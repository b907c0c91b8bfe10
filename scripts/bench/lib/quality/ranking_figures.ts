import type { PreparedHoldout } from "../../../../src/evaluation/prepared_holdout.ts";
import { measureList } from "../../../../src/evaluation/list_metrics.ts";
import { historyOf } from "../../../../src/interactions/interactions.ts";
import type { Progress } from "../../../../src/base/progress.ts";
import type { Model } from "../../../../src/models/model.ts";
import { rankBatch } from "../../../../src/models/rank.ts";

/** Means over users, from 0 to 1, of lists of one length. */
export interface RankingFigures {
  readonly precision: number;
  readonly recall: number;
  readonly ndcg: number;
  /** The harmonic mean of a user's precision and recall, 0 without a hit. */
  readonly f1: number;
}

/** The names of {@linkcode RankingFigures}, in the order of tables. */
export const RANKING_METRICS = ["recall", "ndcg", "precision", "f1"] as const;

/** Number of users whose lists are in memory at a time. */
const BATCH = 64;

/**
 * Measures a model by full ranking: its top items of all that are new to each user, against the
 * held-out items.
 *
 * @param cutOffs Lengths of the lists; at least one.
 * @returns The figures at each cut-off, in their order.
 */
export function measureRanking(
  model: Model,
  { users, history, truth }: PreparedHoldout,
  cutOffs: readonly number[],
  progress: Progress = () => {},
): RankingFigures[] {
  const buffer = new Float32Array(model.itemCount);
  const sums = cutOffs.map(() => ({ precision: 0, recall: 0, ndcg: 0, f1: 0 }));
  for (let start = 0; start < users.length; start += BATCH) {
    const batch = users.subarray(start, start + BATCH);
    const histories = Array.from(batch, (user) => historyOf(history, user));
    const lists = rankBatch(model, histories, { k: Math.max(...cutOffs), buffer });
    lists.forEach(({ indices }, i) => {
      const relevant = new Set(historyOf(truth, batch[i]).items);
      cutOffs.forEach((k, c) => {
        const { precision, recall, ndcg } = measureList(indices, relevant, k);
        sums[c].precision += precision;
        sums[c].recall += recall;
        sums[c].ndcg += ndcg;
        sums[c].f1 += 2 * precision * recall / (precision + recall || 1);
      });
    });
    progress((start + batch.length) / users.length);
  }
  return sums.map(({ precision, recall, ndcg, f1 }) => ({
    precision: precision / users.length,
    recall: recall / users.length,
    ndcg: ndcg / users.length,
    f1: f1 / users.length,
  }));
}
