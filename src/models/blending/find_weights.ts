import { sum } from "../../base/statistics.ts";
import { blendNdcg } from "./blend_ndcg.ts";
import type { CandidateScores } from "./contested_query.ts";

const FIRST_STEP = 1 / 2;
const LAST_STEP = 1 / 64;

/**
 * Finds convex weights with a high NDCG. Hill climbing starts from equal weights and from each
 * model alone, and shifts weight to or from one model at a time in ever smaller steps while that
 * helps. From each peak it drops models that add nothing. The peaks are local optima, but always
 * the same.
 *
 * @param models Number of models.
 * @param k Length of the lists.
 * @returns The peaks, the highest first. Each has one weight per model, at least 0, summing to 1;
 *   equal ones if there are no queries.
 */
export function findPeaks(
  queries: readonly CandidateScores[],
  models: number,
  k: number,
): readonly (readonly number[])[] {
  const equal = new Array<number>(models).fill(1 / models);
  if (queries.length === 0) return [equal];
  const rate = rateOnce(blendNdcg(queries, k));
  const alone = equal.map((_, m) => shift(equal, m, 1));
  const peaks = [equal, ...alone].map((start) => prune(climb(start, rate), rate));
  const distinct = new Map(peaks.map((peak) => [peak.weights.join(), peak]));
  return [...distinct.values()].sort((a, b) => b.ndcg - a.ndcg).map(({ weights }) => weights);
}

interface Rated {
  readonly weights: readonly number[];
  readonly ndcg: number;
}

type Rate = (weights: readonly number[]) => Rated;

/** Different climbs meet the same weights again. */
function rateOnce(ndcgOf: (weights: readonly number[]) => number): Rate {
  const known = new Map<string, number>();
  return (weights) => {
    const key = weights.join();
    const ndcg = known.get(key) ?? ndcgOf(weights);
    known.set(key, ndcg);
    return { weights, ndcg };
  };
}

/** A tie goes to the first. */
function better(a: Rated, b: Rated): Rated {
  return b.ndcg > a.ndcg ? b : a;
}

function climb(start: readonly number[], rate: Rate): Rated {
  let best = rate(start);
  for (let step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
    let before: Rated;
    do {
      before = best;
      for (let m = 0; m < start.length; m++) {
        const { weights } = best;
        best = [shift(weights, m, step), fade(weights, m, step)].map(rate).reduce(better, best);
      }
    } while (best !== before);
  }
  return best;
}

function prune(peak: Rated, rate: Rate): Rated {
  let best = peak;
  for (let m = 0; m < peak.weights.length; m++) {
    if (best.weights[m] === 0 || best.weights[m] === 1) continue;
    const without = rate(fade(best.weights, m, 1));
    if (without.ndcg >= best.ndcg) best = without;
  }
  return best;
}

/** Gives one model a share of all models' weight. */
function shift(weights: readonly number[], model: number, share: number): number[] {
  return weights.map((weight, m) => (1 - share) * weight + (m === model ? share : 0));
}

/** Takes a share of one model's weight and spreads it over the others proportionally. */
function fade(weights: readonly number[], model: number, share: number): readonly number[] {
  const faded = weights.map((weight, m) => m === model ? (1 - share) * weight : weight);
  return faded.some((weight) => weight > 0) ? toShares(faded) : weights;
}

/** Scales weights, at least 0 and not all 0, to the sum 1. */
export function toShares(weights: readonly number[]): number[] {
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}
