import type { Progress } from "../../../../src/base/progress.ts";
import type { PreparedHoldout } from "../../../../src/evaluation/prepared_holdout.ts";
import { createTally, type TaskResult } from "../../../../src/evaluation/tally.ts";
import type { Catalogue } from "../../../../src/interactions/catalogue.ts";
import { historyOf } from "../../../../src/interactions/interactions.ts";
import { categoryNumbers } from "../../../../src/models/completion/category_popularity.ts";
import type { Model } from "../../../../src/models/model.ts";
import { rankBatch } from "../../../../src/models/rank.ts";
import { categoryShares } from "../../../../src/models/reranking/category_shares.ts";
import { rerank } from "../../../../src/models/reranking/rerank.ts";

/** Number of users whose lists are in memory at a time. */
const BATCH = 64;

/** Candidates for each place, as in the service. */
const CANDIDATES = 10;

/**
 * Measures a model's lists of new products, calibrated with several weights as the service does.
 *
 * @param weights From 0, not calibrated, to 1.
 * @returns The figures for each weight, in their order.
 */
export function measureCalibrated(
  model: Model,
  holdout: PreparedHoldout & { readonly history: { readonly catalogue: Catalogue } },
  { k, weights }: { k: number; weights: readonly number[] },
  progress: Progress = () => {},
): TaskResult[] {
  const { users, history, truth } = holdout;
  const categories = categoryNumbers(history.catalogue);
  const tallies = weights.map(() => createTally(holdout, { k, capacity: users.length }));
  const buffer = new Float32Array(model.itemCount);
  for (let start = 0; start < users.length; start += BATCH) {
    const batch = users.subarray(start, start + BATCH);
    const histories = Array.from(batch, (user) => historyOf(history, user));
    rankBatch(model, histories, { k: CANDIDATES * k, buffer }).forEach((candidates, i) => {
      const known = new Set(histories[i].items);
      const relevant = new Set(historyOf(truth, batch[i]).items).difference(known);
      if (relevant.size === 0) return;
      const shares = categoryShares(histories[i], categories);
      weights.forEach((weight, w) => {
        const list = rerank(candidates, { k, calibration: { weight, shares, categories } });
        tallies[w].addList(batch[i], list.indices, relevant);
      });
    });
    progress(Math.min(1, (start + BATCH) / users.length));
  }
  return tallies.map((tally) => tally.result());
}
