import { sum } from "../base/statistics.ts";
import { bestGain, discount } from "./blending/discount.ts";
import type { Question } from "./blending/blend_questions.ts";
import type { Model } from "./model.ts";
import { type Normalization, normalizeScores } from "./blending/normalize_scores.ts";
import { type Exclude, rankScores } from "./recommend.ts";

/** What models answered to one question, reduced to the items that any of them may bring to the top. */
export interface Ballot {
  /** Row-major, models × candidates. */
  readonly scores: Float32Array;
  readonly candidates: number;
  /** Which of the candidates are relevant; not empty. */
  readonly relevant: Uint32Array;
}

/** How lists are made and measured. */
export interface BallotOptions {
  readonly normalize: Normalization;
  readonly exclude: Exclude;
  /** Length of the lists. */
  readonly k: number;
}

/** Each model names so many times the length of a list. */
const CANDIDATES_PER_PLACE = 5;

/**
 * Lets models answer questions. What may not be shown is neither a candidate nor relevant; a question to which
 * nothing is relevant then is left out.
 */
export function castBallots(
  models: readonly Model[],
  questions: readonly Question[],
  { normalize, exclude, k }: BallotOptions,
): Ballot[] {
  const buffers = models.map(({ itemCount }) => new Float32Array(itemCount));
  return questions.flatMap(({ history, relevant }) => {
    const named = models.flatMap((model, m) => {
      model.score(history, buffers[m]);
      normalizeScores(buffers[m], normalize);
      return [...rankScores(buffers[m], history, { k: CANDIDATES_PER_PLACE * k, exclude }).indices];
    });
    const wanted = relevant.filter((item) => buffers[0][item] > -Infinity);
    if (wanted.length === 0) return [];
    const items = Uint32Array.from(new Set([...named, ...wanted])).sort();
    return [{
      scores: Float32Array.from(buffers.flatMap((scores) => Array.from(items, (i) => scores[i]))),
      candidates: items.length,
      relevant: wanted.map((item) => items.indexOf(item)),
    }];
  });
}

/** Mean NDCG of the first `k` of the lists that a weighted sum of the models' scores makes. */
export function blendNdcg(
  ballots: readonly Ballot[],
  weights: readonly number[],
  k: number,
): number {
  const most = ballots.reduce((most, { candidates }) => Math.max(most, candidates), 0);
  const blended = new Float64Array(most);
  let sum = 0;
  for (const ballot of ballots) {
    addUp(ballot, weights, blended);
    const { candidates, relevant } = ballot;
    let gain = 0;
    for (let i = 0; i < relevant.length; i++) {
      const rank = rankWithin(k, relevant[i], blended, candidates);
      if (rank <= k) gain += discount(rank);
    }
    sum += gain / bestGain(Math.min(k, relevant.length));
  }
  return sum / ballots.length;
}

/** blended = Σ_m weight_m · scores_m */
function addUp(
  { scores, candidates }: Ballot,
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

/** The rank from 1; of equal scores the first ranks first. Counts no further than `k`: more means just more. */
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

const FIRST_STEP = 1 / 2;
const LAST_STEP = 1 / 64;

/**
 * Finds the convex weights with the highest NDCG: climbs from all alike and from each model alone, shifting
 * weight to or from one model at a time, by ever smaller shares, as long as that helps, and takes the highest
 * peak. Finally takes out models that nothing is lost without. Not sure to be the best there is, but always the
 * same.
 *
 * @returns One weight per model, at least 0, summing to 1; all alike where there are no ballots.
 */
export function findWeights(
  ballots: readonly Ballot[],
  models: number,
  k: number,
): readonly number[] {
  const alike = new Array<number>(models).fill(1 / models);
  if (ballots.length === 0) return alike;
  const rate: Rate = (weights) => ({ weights, ndcg: blendNdcg(ballots, weights, k) });
  const alone = alike.map((_, m) => shift(alike, m, 1));
  const peaks = [alike, ...alone].map((start) => climb(start, rate));
  return prune(peaks.reduce(better), rate).weights;
}

interface Rated {
  readonly weights: readonly number[];
  readonly ndcg: number;
}

type Rate = (weights: readonly number[]) => Rated;

/** Of equally good ones the first. */
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

function prune(found: Rated, rate: Rate): Rated {
  let best = found;
  for (let m = 0; m < found.weights.length; m++) {
    if (best.weights[m] === 0 || best.weights[m] === 1) continue;
    const without = rate(fade(best.weights, m, 1));
    if (without.ndcg >= best.ndcg) best = without;
  }
  return best;
}

/** Gives one model a share of what all have. */
function shift(weights: readonly number[], model: number, share: number): number[] {
  return weights.map((weight, m) => (1 - share) * weight + (m === model ? share : 0));
}

/** Takes a share of one model's weight and spreads it over the others, in proportion. */
function fade(weights: readonly number[], model: number, share: number): readonly number[] {
  const faded = weights.map((weight, m) => m === model ? (1 - share) * weight : weight);
  return faded.some((weight) => weight > 0) ? toShares(faded) : weights;
}

/** Scales weights, at least 0 and not all 0, so that they sum to 1. */
export function toShares(weights: readonly number[]): number[] {
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}
