/** The ends of a 95% interval. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Half of the probability outside the interval. */
const TAIL = .025;

/**
 * The exact 95% interval of the mean of a Poisson distribution (Garwood 1936), from one count: the
 * means at which so high, or so low, a count has a probability of 2.5%.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { low, high } = poissonInterval(10);
 * assertEquals([low.toFixed(2), high.toFixed(2)], ["4.80", "18.39"]);
 * ```
 */
export function poissonInterval(count: number): Ends {
  // The probability of a higher count grows with the mean.
  const meanAt = (probability: number, atLeast: number): number => {
    let below = 0, above = 10 + 3 * count;
    for (let step = 0; step < 60; step++) {
      const middle = (below + above) / 2;
      if (poissonTail(atLeast, middle) < probability) below = middle;
      else above = middle;
    }
    return (below + above) / 2;
  };
  return { low: count === 0 ? 0 : meanAt(TAIL, count), high: meanAt(1 - TAIL, count + 1) };
}

/**
 * P(X ≥ count) for a Poisson variable of this mean, precise for small probabilities too.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(poissonTail(1, 2), 1 - Math.exp(-2), 1e-12);
 * ```
 */
export function poissonTail(count: number, mean: number): number {
  if (count === 0) return 1;
  // On the far side of the mean, terms fall with every step away from it.
  return count > mean
    ? sumWhileCounting(probability(count, mean), (i) => mean / (count + i))
    : 1 - sumWhileCounting(probability(count - 1, mean), (i) => (count - i) / mean);
}

/** e^−mean · mean^count / count! */
function probability(count: number, mean: number): number {
  let logFactorial = 0;
  for (let i = 2; i <= count; i++) logFactorial += Math.log(i);
  return Math.exp(count * Math.log(mean) - mean - logFactorial);
}

/** The sum of a first term and those that follow, each `ratio(i)` times the one before. */
function sumWhileCounting(first: number, ratio: (i: number) => number): number {
  let total = 0;
  for (let i = 1, term = first; total + term > total; i++) {
    total += term;
    term *= ratio(i);
  }
  return total;
}
