import { discount, idealGain } from "../../linalg/discounted_gain.ts";

/** The models' scores for one query, reduced to the items that any of them may rank at the top. */
export interface CandidateScores {
  /** Row-major, models × candidates. */
  readonly scores: Float32Array;
  /** Number of candidates. */
  readonly candidates: number;
  /** Positions of the relevant candidates; not empty. */
  readonly relevant: Uint32Array;
}

/** Mean NDCG@k over the queries, when candidates rank by the weighted sum of the models' scores. */
export function blendNdcg(
  queries: readonly CandidateScores[],
  weights: readonly number[],
  k: number,
): number {
  const size = queries.reduce((size, { candidates }) => Math.max(size, candidates), 0);
  const blended = new Float64Array(size);
  let sum = 0;
  for (const query of queries) {
    sumScores(query, weights, blended);
    const { candidates, relevant } = query;
    let gain = 0;
    for (let i = 0; i < relevant.length; i++) {
      const rank = rankWithin(k, relevant[i], blended, candidates);
      if (rank <= k) gain += discount(rank);
    }
    sum += gain / idealGain(Math.min(k, relevant.length));
  }
  return sum / queries.length;
}

/** blended = Σ_m weight_m · scores_m */
function sumScores(
  { scores, candidates }: CandidateScores,
  weights: readonly number[],
  blended: Float64Array,
): void {
  blended.fill(0, 0, candidates);
  for (let m = 0; m < weights.length; m++) {
    const weight = weights[m], start = m * candidates;
    if (weight === 0) continue;
    for (let c = 0; c < candidates; c++) blended[c] += weight * scores[start + c];
  }
}

/** The rank, from 1, or k + 1 if it is beyond `k`; ties go to the first. */
function rankWithin(
  k: number,
  candidate: number,
  scores: Float64Array,
  candidates: number,
): number {
  const score = scores[candidate];
  let rank = 1;
  for (let c = 0; c < candidates && rank <= k; c++) {
    if (scores[c] > score || (scores[c] === score && c < candidate)) rank++;
  }
  return rank;
}
