import { bootstrapMeans } from "../../linalg/bootstrap.ts";
import { mean } from "../../base/statistics.ts";
import { blendNdcgs } from "./blend_ndcg.ts";
import type { CandidateScores } from "./contested_query.ts";
import { findPeaks } from "./find_weights.ts";

/** With fewer queries, no blend is better beyond noise. */
const LEAST_QUERIES = 30;

/** The largest share of resampled gains that may be 0 or less: one-sided, a level of 5%. */
const MOST_LOSSES = 0.05;

/**
 * The highest peak that {@linkcode findPeaks} finds whose gain is beyond noise, or all weight for
 * the best model alone if there is none. It is beyond noise if the paired bootstrap over the
 * queries (Efron 1979) is above 0 at a level of 5%, one-sided, since only a gain is asked for. A
 * lower peak may be the more certain one. These are the queries that the weights were found on, so
 * the gain looks a little larger than it is; measured on one half with the weights of the other
 * half it looks smaller, and more of the blends that are better on test data would be refused.
 *
 * @param models Number of models.
 * @param options `k`: length of the lists. `seed` determines the bootstrap's samples.
 * @returns One weight per model, at least 0, summing to 1.
 */
export function chooseWeights(
  queries: readonly CandidateScores[],
  models: number,
  { k, seed }: { k: number; seed: number },
): readonly number[] {
  const peaks = findPeaks(queries, models, k);
  if (queries.length === 0) return peaks[0];
  const ndcgsOf = blendNdcgs(queries, k);
  const best = Array.from({ length: models }, (_, model) => alone(model, models))
    .map((weights) => ({ weights, ndcg: mean(ndcgsOf(weights)) }))
    .reduce((best, one) => one.ndcg > best.ndcg ? one : best);
  const single = ndcgsOf(best.weights).slice();
  const isCertain = (peak: readonly number[]) => {
    const gains = Float32Array.from(ndcgsOf(peak), (ndcg, query) => ndcg - single[query]);
    return gains.length >= LEAST_QUERIES && lossShare(gains, seed) < MOST_LOSSES;
  };
  return peaks.find(isCertain) ?? best.weights;
}

/** All weight for one model. */
function alone(model: number, models: number): number[] {
  return Array.from({ length: models }, (_, m) => m === model ? 1 : 0);
}

/** The share of resampled means that aren't above 0. */
function lossShare(gains: Float32Array, seed: number): number {
  const [means] = bootstrapMeans([gains], { seed });
  return means.filter((mean) => mean <= 0).length / means.length;
}
