import { discount } from "../../linalg/discounted_gain.ts";
import { type CandidateScores, contestedPart, type ContestedQuery } from "./contested_query.ts";

/**
 * Prepares the mean NDCG@k over queries, when candidates rank by the weighted sum of the models'
 * scores; ties rank by position.
 *
 * @param queries At least one; all with the same models.
 * @returns A function of the weights, one per model, each at least 0.
 */
export function blendNdcg(
  queries: readonly CandidateScores[],
  k: number,
): (weights: readonly number[]) => number {
  const contested = queries.flatMap((query) => contestedPart(query, k) ?? []);
  const most = contested.reduce((most, { relevant }) => Math.max(most, relevant.length), 0);
  const ahead = new Uint32Array(most), own = new Float64Array(most);
  return (weights) => {
    let sum = 0;
    for (const query of contested) {
      countAhead(query, { weights, k }, { ahead, own });
      let gain = 0;
      for (let i = 0; i < query.relevant.length; i++) {
        if (ahead[i] < k) gain += discount(ahead[i] + 1);
      }
      sum += gain / query.ideal;
    }
    return sum / queries.length;
  };
}

/** For each relevant item, the number of candidates that rank before it, up to `k`. */
function countAhead(
  { scores, positions, relevant }: ContestedQuery,
  { weights, k }: { weights: readonly number[]; k: number },
  { ahead, own }: { ahead: Uint32Array; own: Float64Array },
): void {
  const models = weights.length;
  let open = relevant.length;
  for (let i = 0; i < relevant.length; i++) {
    ahead[i] = 0;
    own[i] = blended(scores, relevant[i] * models, weights);
  }
  for (let c = 0; c < positions.length && open > 0; c++) {
    const score = blended(scores, c * models, weights);
    for (let i = 0; i < relevant.length; i++) {
      if (ahead[i] === k || score < own[i]) continue;
      if (score === own[i] && positions[c] >= positions[relevant[i]]) continue;
      if (++ahead[i] === k) open--;
    }
  }
}

/** Σ_m weight_m · score_m */
function blended(scores: Float32Array, start: number, weights: readonly number[]): number {
  let sum = 0;
  for (let m = 0; m < weights.length; m++) sum += weights[m] * scores[start + m];
  return sum;
}
