import { mean } from "../../base/statistics.ts";
import { discount } from "../../linalg/discounted_gain.ts";
import {
  BLOCK,
  type CandidateScores,
  contestedPart,
  type ContestedQuery,
} from "./contested_query.ts";

/**
 * Prepares the NDCG@k of queries, when candidates rank by the weighted sum of the models' scores;
 * ties rank by position.
 *
 * @param queries All with the same models.
 * @returns A function of the weights, one per model, each at least 0. Returns one NDCG per query,
 * valid until the next call.
 */
export function blendNdcgs(
  queries: readonly CandidateScores[],
  k: number,
): (weights: readonly number[]) => Float64Array {
  const contested = queries.map((query) => contestedPart(query, k));
  const most = contested.reduce((most, query) => Math.max(most, query?.relevant.length ?? 0), 0);
  const ahead = new Uint32Array(most), own = new Float64Array(most);
  const ndcgs = new Float64Array(queries.length);
  return (weights) => {
    contested.forEach((query, q) => {
      if (!query) return;
      countAhead(query, { weights, k }, { ahead, own });
      let gain = 0;
      for (let i = 0; i < query.relevant.length; i++) {
        if (ahead[i] < k) gain += discount(ahead[i] + 1);
      }
      ndcgs[q] = gain / query.ideal;
    });
    return ndcgs;
  };
}

/** The same as {@linkcode blendNdcgs}, averaged over at least one query. */
export function blendNdcg(
  queries: readonly CandidateScores[],
  k: number,
): (weights: readonly number[]) => number {
  const ndcgsOf = blendNdcgs(queries, k);
  return (weights) => mean(ndcgsOf(weights));
}

/** For each relevant item, the number of candidates that rank before it, up to `k`. */
function countAhead(
  { scores, largest, positions, relevant }: ContestedQuery,
  { weights, k }: { weights: readonly number[]; k: number },
  { ahead, own }: { ahead: Uint32Array; own: Float64Array },
): void {
  const models = weights.length;
  for (let i = 0; i < relevant.length; i++) {
    ahead[i] = 0;
    own[i] = blended(scores, relevant[i] * models, weights);
  }
  for (let start = 0; start < positions.length; start += BLOCK) {
    // Sums of rounded products are no smaller if no score is.
    const bound = blended(largest, start / BLOCK * models, weights);
    let open = 0;
    for (let i = 0; i < relevant.length; i++) if (ahead[i] < k && own[i] <= bound) open++;
    if (open === 0) return;
    const end = Math.min(start + BLOCK, positions.length);
    for (let c = start; c < end; c++) {
      const score = blended(scores, c * models, weights);
      for (let i = 0; i < relevant.length; i++) {
        if (ahead[i] === k || score < own[i]) continue;
        if (score === own[i] && positions[c] >= positions[relevant[i]]) continue;
        ahead[i]++;
      }
    }
  }
}

/** Σ_m weight_m · score_m */
function blended(scores: Float32Array, start: number, weights: readonly number[]): number {
  let sum = 0;
  for (let m = 0; m < weights.length; m++) sum += weights[m] * scores[start + m];
  return sum;
}
