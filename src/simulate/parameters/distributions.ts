import { sum } from "../../base/statistics.ts";
import { type Random, shuffle } from "../../linalg/random.ts";

/**
 * The standard normal distribution's quantile, to within 0.02 between 0.001 and 0.999 (Tukey's
 * lambda distribution with λ = 0.135).
 *
 * @param p Between 0 and 1, both exclusive.
 */
function normalQuantile(p: number): number {
  return (p ** 0.135 - (1 - p) ** 0.135) / 0.1975;
}

/** A log-normal number: `median · exp(sigma · z)`. */
export function logNormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * random.normal());
}

/** Log-normal numbers of median 1 at evenly spaced quantiles, in random order. */
export function logNormalQuantiles(random: Random, count: number, sigma: number): Float64Array {
  const quantile = (_: unknown, i: number) => Math.exp(sigma * normalQuantile((i + 0.5) / count));
  return shuffle(Float64Array.from({ length: count }, quantile), random);
}

/** A log-normal number rounded up to a whole one, from 1 to `max`. */
export function heavyCount(random: Random, median: number, sigma: number, max: number): number {
  return Math.min(max, Math.ceil(logNormal(random, median, sigma)));
}

/** A Pareto number from `min`, capped at `max`: P(X > x) = (min / x)^exponent. */
export function pareto(random: Random, min: number, exponent: number, max: number): number {
  return Math.min(max, min * (1 - random.next()) ** (-1 / exponent));
}

/** A beta-distributed number, by Jöhnk's method (1964), which is fast for small a + b. */
export function beta(random: Random, a: number, b: number): number {
  while (true) {
    const x = random.next() ** (1 / a);
    const y = random.next() ** (1 / b);
    if (x + y > 0 && x + y <= 1) return x / (x + y);
  }
}

/** Cumulative sums: entry `i` is the sum of the first `i` weights; weights + 1 entries. */
export function cumulate(weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(weights.length + 1);
  for (let i = 0; i < weights.length; i++) sums[i + 1] = sums[i] + weights[i];
  return sums;
}

/**
 * Draws a position from `from` up to, but not including, `to`, with probability ∝ its weight.
 *
 * @param sums From {@linkcode cumulate}.
 * @returns The position, or -1 if all these weights are 0.
 */
export function drawIndex(random: Random, sums: Float64Array, from: number, to: number): number {
  const base = sums[from];
  const total = sums[to] - base;
  if (!(total > 0)) return -1;
  const target = base + total * random.next();
  let low = from;
  let high = to - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle + 1] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Hashes two whole numbers to 32 well-mixed bits (MurmurHash3's finalizer, Appleby 2011). */
export function hash32(a: number, b: number): number {
  let bits = Math.imul(a | 0, 0x9e3779b1) ^ Math.imul((b | 0) + 0x7f4a7c15, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Marks the entries with the highest scores until they make up this share of the total weight. */
export function headShare(
  scores: readonly number[],
  weights: readonly number[],
  share: number,
): boolean[] {
  const target = share * sum(weights);
  const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const marked = scores.map(() => false);
  let covered = 0;
  for (const i of order) {
    if (covered + weights[i] / 2 > target) continue;
    marked[i] = true;
    covered += weights[i];
  }
  return marked;
}
