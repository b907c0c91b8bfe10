import { sum } from "../../base/statistics.ts";
import { idealGain } from "../../linalg/discounted_gain.ts";

/** The models' scores for one query, reduced to the items that any of them may rank at the top. */
export interface CandidateScores {
  /** Row-major, models × candidates. */
  readonly scores: Float32Array;
  /** Number of candidates. */
  readonly candidates: number;
  /** Positions of the relevant candidates; not empty. */
  readonly relevant: Uint32Array;
}

/** Candidates whose largest scores are kept together. */
export const BLOCK = 16;

/** The part of a query that weights can change. */
export interface ContestedQuery {
  /** Row-major, candidates × models; those that all models score high first. */
  readonly scores: Float32Array;
  /**
   * For each block of {@linkcode BLOCK} candidates, the largest score of each model among these and
   * the candidates of all later blocks: blocks × models.
   */
  readonly largest: Float32Array;
  /** The position of each candidate in the query, which decides ties. */
  readonly positions: Uint32Array;
  /** Rows of the relevant items that can be among the first k, in the query's order. */
  readonly relevant: Uint32Array;
  /** The gain of the ideal list of the whole query. */
  readonly ideal: number;
}

/**
 * Omits relevant items that no weights of at least 0 bring among the first `k`, and candidates that
 * no weights rank before a remaining relevant item. One candidate always ranks before another if no
 * model scores it lower and it comes first: sums of rounded products keep that order.
 *
 * @returns `undefined` if no relevant item remains: the query's gain is 0.
 */
export function contestedPart(query: CandidateScores, k: number): ContestedQuery | undefined {
  const { candidates } = query;
  const rows = transposed(query);
  const models = rows.length / candidates;
  const rowOf = (candidate: number) => rows.subarray(candidate * models, (candidate + 1) * models);
  const isBefore = (first: number, second: number) => {
    if (first >= second) return false;
    for (let m = 0; m < models; m++) {
      if (rows[first * models + m] < rows[second * models + m]) return false;
    }
    return true;
  };
  const reachable = query.relevant.filter((item) => {
    let ahead = 0;
    for (let c = 0; c < item && ahead < k; c++) if (isBefore(c, item)) ahead++;
    return ahead < k;
  });
  if (reachable.length === 0) return undefined;
  const totals = Float64Array.from({ length: candidates }, (_, c) => sum(rowOf(c)));
  const positions = Uint32Array.from({ length: candidates }, (_, c) => c)
    .filter((c) => reachable.includes(c) || !reachable.every((item) => isBefore(item, c)))
    .sort((a, b) => totals[b] - totals[a] || a - b);
  const scores = new Float32Array(positions.length * models);
  positions.forEach((c, row) => scores.set(rowOf(c), row * models));
  return {
    scores,
    largest: largestFromBlock(scores, models),
    positions,
    relevant: reachable.map((item) => positions.indexOf(item)),
    ideal: idealGain(Math.min(k, query.relevant.length)),
  };
}

function largestFromBlock(scores: Float32Array, models: number): Float32Array {
  const rows = scores.length / models;
  const blocks = Math.ceil(rows / BLOCK);
  const largest = new Float32Array(blocks * models).fill(-Infinity);
  for (let row = rows - 1; row >= 0; row--) {
    const block = Math.floor(row / BLOCK);
    for (let m = 0; m < models; m++) {
      const later = block + 1 < blocks ? largest[(block + 1) * models + m] : -Infinity;
      const at = block * models + m;
      largest[at] = Math.max(largest[at], later, scores[row * models + m]);
    }
  }
  return largest;
}

/** The scores, candidates × models. */
function transposed({ scores, candidates }: CandidateScores): Float32Array {
  const models = scores.length / candidates;
  const rows = new Float32Array(scores.length);
  for (let c = 0, at = 0; c < candidates; c++) {
    for (let m = 0; m < models; m++) rows[at++] = scores[m * candidates + c];
  }
  return rows;
}
