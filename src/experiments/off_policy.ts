import { InputError } from "../base/input_error.ts";
import type { Interval } from "./effect.ts";
import { type Estimate, ratioOf, type RatioSums } from "./estimates.ts";
import { normalQuantile } from "./normal_quantile.ts";

/** What was shown once, what it brought, and how likely it was. */
export interface LoggedReward {
  /** Whose it is: rewards of one unit depend on each other. Default: of a unit of its own. */
  readonly unit?: string;
  /** What it brought, such as 1 for a click. */
  readonly reward: number;
  /** The probability with which it was shown, above 0. */
  readonly propensity: number;
  /** The probability with which the policy to be evaluated would have shown it. */
  readonly target: number;
  /** A model's guess of the reward of what was shown; for the doubly robust estimate. */
  readonly guess?: number;
  /** The model's guess of the reward that the policy would have, on average. */
  readonly targetGuess?: number;
}

/** How certain an evaluation has to be. */
export interface OffPolicyOptions {
  /** The chance that an interval misses the true value. Default 0.05. */
  readonly alpha?: number;
  /** With a smaller effective sample, there is no estimate. Default 100. */
  readonly least?: number;
}

/** What a policy would have earned each time, from what another one showed. */
export interface OffPolicyValue {
  /** Inverse propensity scoring (Horvitz and Thompson 1952): unbiased. */
  readonly ips: Interval;
  /** Self-normalized (Swaminathan and Joachims 2015): a little biased, mostly narrower. */
  readonly snips: Interval;
  /** Doubly robust (Dudík, Langford and Li 2011); absent if not all rewards have guesses. */
  readonly doublyRobust?: Interval;
}

/** An evaluation, or why there can't be one. */
export interface OffPolicyEvaluation {
  /** Number of logged rewards. */
  readonly rounds: number;
  /** (Σ w)² / Σ w²: as many rewards of the policy itself would be as certain (Kish 1965). */
  readonly effectiveSize: number;
  /** The average weight, 1 if the log could have shown all that the policy shows. */
  readonly support: Interval;
  /** Absent if the log says too little about the policy. */
  readonly value?: OffPolicyValue;
  /** Why there is no value. */
  readonly refusal?: string;
}

/**
 * Estimates what a policy would have earned per time, from rewards that were logged under another
 * policy with known propensities: each counts with the weight w = target / propensity. Intervals
 * are normal, with units as the independent parts; they hold for one look at a finished log.
 *
 * Refuses, and says why, where the effective sample is too small, or where the weights average
 * significantly less than 0.95: then the policy shows what was never logged.
 *
 * @throws {InputError} If a propensity isn't above 0, or a number isn't finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // Two products were shown equally often; the policy shows the first three times in four.
 * const log = Array.from({ length: 400 }, (_, i) => ({
 *   reward: i % 2 === 0 ? 1 : 0,
 *   propensity: 0.5,
 *   target: i % 2 === 0 ? 0.75 : 0.25,
 * }));
 * const { value, effectiveSize } = evaluateOffPolicy(log);
 * assertEquals([value?.ips.estimate, value?.snips.estimate, effectiveSize], [0.75, 0.75, 320]);
 * ```
 */
export function evaluateOffPolicy(
  log: Iterable<LoggedReward>,
  { alpha = 0.05, least = 100 }: OffPolicyOptions = {},
): OffPolicyEvaluation {
  const { units, rounds, squares, hasGuesses } = sumByUnit(log);
  const errors = normalQuantile(1 - alpha / 2);
  const intervalOf = ({ value, variance }: Estimate): Interval => {
    const half = errors * Math.sqrt(variance);
    return { estimate: value, low: value - half, high: value + half };
  };
  const ratio = (numerator: keyof UnitSums, denominator: keyof UnitSums) =>
    intervalOf(ratioOf(ratioSums(units, numerator, denominator)));
  const weights = units.reduce((sum, unit) => sum + unit.weights, 0);
  const effectiveSize = squares === 0 ? 0 : weights ** 2 / squares;
  const about = { rounds, effectiveSize, support: ratio("weights", "rounds") };
  const shown = ratioOf(ratioSums(units, "weights", "rounds"));
  const mostSupport = shown.value + SURE_ERRORS * Math.sqrt(shown.variance);
  const refusal = refusalOf(about, { least, units: units.length, mostSupport });
  if (refusal !== undefined) return { ...about, refusal };
  return {
    ...about,
    value: {
      ips: ratio("weighted", "rounds"),
      snips: ratio("weighted", "weights"),
      ...(hasGuesses && { doublyRobust: ratio("corrected", "rounds") }),
    },
  };
}

/**
 * A log is refused if its support is this many standard errors below the least one: weights are
 * skewed, so that a log with full support is often some below 1.
 */
const SURE_ERRORS = 3.3;
const LEAST_SUPPORT = 0.95;

/** Sums over the rewards of one unit. */
interface UnitSums {
  rounds: number;
  /** Σ w */
  weights: number;
  /** Σ w · reward */
  weighted: number;
  /** Σ targetGuess + w · (reward − guess) */
  corrected: number;
}

function sumByUnit(
  log: Iterable<LoggedReward>,
): { units: UnitSums[]; rounds: number; squares: number; hasGuesses: boolean } {
  const units: UnitSums[] = [];
  const named = new Map<string, UnitSums>();
  let rounds = 0, squares = 0, hasGuesses = true;
  for (const logged of log) {
    const { unit, reward, guess, targetGuess } = logged;
    const weight = weightOf(logged, rounds);
    let sums = unit === undefined ? undefined : named.get(unit);
    if (!sums) {
      units.push(sums = { rounds: 0, weights: 0, weighted: 0, corrected: 0 });
      if (unit !== undefined) named.set(unit, sums);
    }
    rounds++;
    squares += weight ** 2;
    sums.rounds++;
    sums.weights += weight;
    sums.weighted += weight * reward;
    if (guess === undefined || targetGuess === undefined) hasGuesses = false;
    else sums.corrected += targetGuess + weight * (reward - guess);
  }
  return { units, rounds, squares, hasGuesses };
}

function weightOf({ reward, propensity, target }: LoggedReward, round: number): number {
  const weight = target / propensity;
  if (propensity > 0 && target >= 0 && Number.isFinite(weight) && Number.isFinite(reward)) {
    return weight;
  }
  throw new InputError(
    `Cannot evaluate a policy: logged reward ${round + 1} must have a propensity above 0, a ` +
      `target of at least 0 and a finite reward; got ${propensity}, ${target} and ${reward}`,
  );
}

function ratioSums(
  units: readonly UnitSums[],
  numerator: keyof UnitSums,
  denominator: keyof UnitSums,
): RatioSums {
  const sums = {
    ...{ units: units.length, numerators: 0, numeratorSquares: 0 },
    ...{ denominators: 0, denominatorSquares: 0, products: 0 },
  };
  for (const { [numerator]: c, [denominator]: l } of units) {
    sums.numerators += c;
    sums.numeratorSquares += c * c;
    sums.denominators += l;
    sums.denominatorSquares += l * l;
    sums.products += c * l;
  }
  return sums;
}

function refusalOf(
  { rounds, effectiveSize, support }: Omit<OffPolicyEvaluation, "value">,
  { least, units, mostSupport }: { least: number; units: number; mostSupport: number },
): string | undefined {
  if (units < 2 || effectiveSize < least) {
    return `${rounds} logged rewards count as much as ${effectiveSize.toFixed(1)} of the policy ` +
      `itself, fewer than ${least}: log more, or evaluate a policy closer to the logged one`;
  }
  if (mostSupport < LEAST_SUPPORT) {
    return `the log could have shown only ${(100 * support.estimate).toFixed(1)}% of what the ` +
      "policy shows, so the rest can't be valued: log with more exploration";
  }
  return undefined;
}
