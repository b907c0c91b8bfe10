import { bootstrapMeans } from "../../linalg/bootstrap.ts";
import { mean } from "../../base/statistics.ts";
import { blendNdcgs } from "./blend_ndcg.ts";
import type { CandidateScores } from "./contested_query.ts";
import { findWeights } from "./find_weights.ts";

/** With fewer queries, no blend is better beyond noise. */
const LEAST_QUERIES = 30;

/** The largest share of resampled gains that may be 0 or less: one-sided, a level of 5%. */
const MOST_LOSSES = 0.05;

/**
 * The weights that {@linkcode findWeights} finds, or all weight for the best model alone, unless
 * blending gains beyond noise: its paired bootstrap over the queries (Efron 1979) is above 0 at a
 * level of 5%, one-sided, since only a gain is asked for. These are the queries that the weights
 * were found on, so the gain looks a little larger than it is; measured on one half with the
 * weights of the other half it looks smaller, and more of the blends that are better on test data
 * would be refused.
 *
 * @param models Number of models.
 * @param options `k`: length of the lists. `seed` determines the bootstrap's samples.
 * @returns As from {@linkcode findWeights}.
 */
export function chooseWeights(
  queries: readonly CandidateScores[],
  models: number,
  { k, seed }: { k: number; seed: number },
): readonly number[] {
  const found = findWeights(queries, models, k);
  if (queries.length === 0 || found.includes(1)) return found;
  const ndcgsOf = blendNdcgs(queries, k);
  const best = Array.from({ length: models }, (_, model) => alone(model, models))
    .map((weights) => ({ weights, ndcg: mean(ndcgsOf(weights)) }))
    .reduce((best, one) => one.ndcg > best.ndcg ? one : best);
  const blended = ndcgsOf(found).slice(), single = ndcgsOf(best.weights);
  const gains = Float32Array.from(blended, (ndcg, query) => ndcg - single[query]);
  const isCertain = gains.length >= LEAST_QUERIES && lossShare(gains, seed) < MOST_LOSSES;
  return isCertain ? found : best.weights;
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
