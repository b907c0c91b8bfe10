import { measureList } from "../../../../src/evaluation/list_metrics.ts";
import type { PreparedHoldout } from "../../../../src/evaluation/prepared_holdout.ts";
import { historyOf } from "../../../../src/interactions/interactions.ts";
import type { Progress } from "../../../../src/base/progress.ts";
import type { Model } from "../../../../src/models/model.ts";
import { rankBatch } from "../../../../src/models/rank.ts";

/** Means over users, from 0 to 1. */
export interface RankingFigures {
  readonly recall: number;
  readonly ndcg: number;
}

/** Number of users whose lists are in memory at a time. */
const BATCH = 64;

/**
 * Measures a model by full ranking: its top `k` of all items new to each user, against the held-out
 * items.
 */
export function measureRanking(
  model: Model,
  { users, history, truth }: PreparedHoldout,
  k: number,
  progress: Progress = () => {},
): RankingFigures {
  const buffer = new Float32Array(model.itemCount);
  let recall = 0, ndcg = 0;
  for (let start = 0; start < users.length; start += BATCH) {
    const batch = users.subarray(start, start + BATCH);
    const histories = Array.from(batch, (user) => historyOf(history, user));
    rankBatch(model, histories, { k, buffer }).forEach(({ indices }, i) => {
      const figures = measureList(indices, new Set(historyOf(truth, batch[i]).items), k);
      recall += figures.recall;
      ndcg += figures.ndcg;
    });
    progress((start + batch.length) / users.length);
  }
  return { recall: recall / users.length, ndcg: ndcg / users.length };
}
