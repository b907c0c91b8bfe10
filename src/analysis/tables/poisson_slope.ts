import { sum } from "../../base/statistics.ts";

/** A group of counts, for example of one brand's products: three parallel arrays. */
export interface Stratum {
  /** The explanatory variable, for example the logarithm of price. */
  readonly x: Float64Array;
  /** How often the event happened, for example buyers. */
  readonly counts: Float64Array;
  /** How often it could have happened, for example viewers; above 0. */
  readonly exposures: Float64Array;
}

/** How the logarithm of a rate changes with `x`. */
export interface Slope {
  readonly slope: number;
  /** Larger if the counts are overdispersed. */
  readonly standardError: number;
}

const MAX_STEPS = 100;
/** The largest step: it changes the ratio of the rates at the ends of x by a factor of e⁴. */
const LONGEST_STEP = 4;

/**
 * Fits log(expected count) = log(exposure) + a + b·x by quasi-Poisson regression, with an intercept
 * `a` per stratum and one slope `b` for all. Counts of zero are valid data, whereas a line through
 * the logarithms of rates would have to omit them.
 *
 * McCullagh and Nelder, "Generalized Linear Models", 1989, chapters 6 and 9.
 *
 * @returns `undefined` if the counts don't determine the slope and its error: there are no more
 * counts than parameters, or all events are at the smallest x, or all at the largest.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // Twice the rate at each step of x: the slope is log 2.
 * const doubling = {
 *   x: Float64Array.of(0, 1, 2),
 *   counts: Float64Array.of(10, 20, 40),
 *   exposures: Float64Array.of(100, 100, 100),
 * };
 * assertEquals(poissonSlope([doubling])?.slope.toFixed(6), Math.LN2.toFixed(6));
 * ```
 */
export function poissonSlope(strata: readonly Stratum[]): Slope | undefined {
  const used = strata.filter(({ counts }) => sum(counts) > 0);
  const degreesOfFreedom = used.reduce((n, { x }) => n + x.length - 1, 0) - 1;
  if (degreesOfFreedom < 1 || !isDetermined(used)) return undefined;

  // The intercepts drop out, because each stratum's expected counts sum to its counts N. What
  // remains is U(b) = Σ N·(x̄ − E_b x) = 0, where −U′(b) = Σ N·Var_b x > 0: Newton's method,
  // safeguarded by a bracket of the sign change of U.
  const range = Math.max(...used.map(({ x }) => Math.max(...x) - Math.min(...x)));
  let [low, high] = [-Infinity, Infinity];
  let slope = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    const { score, information } = scoreAt(used, slope);
    if (score > 0) low = slope;
    else high = slope;
    const longest = LONGEST_STEP / range;
    let next = slope + Math.max(-longest, Math.min(longest, score / information));
    if (next < low || next > high) next = (low + high) / 2;
    const change = Math.abs(next - slope);
    slope = next;
    if (change <= 1e-12 * Math.max(1, Math.abs(slope))) break;
  }
  const { information, pearson } = scoreAt(used, slope);
  const dispersion = Math.max(1, pearson / degreesOfFreedom);
  return { slope, standardError: Math.sqrt(dispersion / information) };
}

/** The maximum is finite only if events occur above the smallest x and below the largest. */
function isDetermined(strata: readonly Stratum[]): boolean {
  const hasEventsAwayFrom = (end: (x: Float64Array) => number): boolean =>
    strata.some(({ x, counts }) => counts.some((count, i) => count > 0 && x[i] !== end(x)));
  return hasEventsAwayFrom((x) => Math.min(...x)) && hasEventsAwayFrom((x) => Math.max(...x));
}

/**
 * The derivative of the log-likelihood, its negative second derivative, and Pearson's chi-squared.
 */
function scoreAt(
  strata: readonly Stratum[],
  slope: number,
): { score: number; information: number; pearson: number } {
  let score = 0;
  let information = 0;
  let pearson = 0;
  for (const { x, counts, exposures } of strata) {
    const events = sum(counts);
    const rates = exposures.map((exposure, i) => exposure * Math.exp(slope * (x[i] - x[0])));
    const scale = events / sum(rates);
    const expected = rates.map((rate) => rate * scale);
    const mean = expected.reduce((total, value, i) => total + value * x[i], 0) / events;
    for (let i = 0; i < x.length; i++) {
      score += (counts[i] - expected[i]) * x[i];
      information += expected[i] * (x[i] - mean) ** 2;
      pearson += (counts[i] - expected[i]) ** 2 / expected[i];
    }
  }
  return { score, information, pearson };
}
