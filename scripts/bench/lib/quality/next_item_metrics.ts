import { type ListMetrics, measureList } from "../../../../src/evaluation/list_metrics.ts";
import type { Progress } from "../../../../src/base/progress.ts";
import type { Model } from "../../../../src/models/model.ts";
import { type Exclude, rank } from "../../../../src/models/rank.ts";
import type { NextItemQuestion } from "./next_item_data.ts";

/** Means over all questions, from 0 to 1. */
export type NextItemFigures = Pick<ListMetrics, "hitRate" | "mrr" | "ndcg">;

/**
 * Measures a model's prediction of the next item of every question, by full ranking.
 *
 * @param options `k`: the length of the lists. `exclude`: what to exclude from them; default
 * nothing, since items repeat.
 */
export function measureNextItem(
  model: Model,
  questions: readonly NextItemQuestion[],
  { k, exclude = "none", progress = () => {} }: {
    k: number;
    exclude?: Exclude;
    progress?: Progress;
  },
): NextItemFigures {
  const buffer = new Float32Array(model.itemCount);
  let hitRate = 0, mrr = 0, ndcg = 0;
  questions.forEach(({ history, next }, done) => {
    const { indices } = rank(model, history, { k, exclude, buffer });
    const list = measureList(indices, new Set([next]), k);
    hitRate += list.hitRate;
    mrr += list.mrr;
    ndcg += list.ndcg;
    if (done % 256 === 0) progress(done / questions.length);
  });
  const count = questions.length;
  return { hitRate: hitRate / count, mrr: mrr / count, ndcg: ndcg / count };
}
