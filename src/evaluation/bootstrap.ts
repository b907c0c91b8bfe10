/** A range that contains the true mean with a given probability. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The percentile interval of resampled means.
 *
 * @param level The probability; default 0.95.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const means = Float64Array.from({ length: 101 }, (_, i) => i);
 * assertEquals(percentileInterval(means, 0.9), { low: 5, high: 95 });
 * ```
 */
export function percentileInterval(means: Float64Array, level = 0.95): Interval {
  const sorted = means.toSorted();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}

/**
 * The two-sided p-value of the paired bootstrap: how likely a difference as large as the observed
 * one is if there is none. From the means of two columns resampled together; at least 2 / (samples
 * + 1).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // One column beats the other in every one of 99 samples.
 * assertEquals(pairedPValue(new Float64Array(99).fill(2), new Float64Array(99).fill(1)), 0.02);
 * ```
 */
export function pairedPValue(means: Float64Array, otherMeans: Float64Array): number {
  let notAbove = 0, notBelow = 0;
  for (let i = 0; i < means.length; i++) {
    if (means[i] <= otherMeans[i]) notAbove++;
    if (means[i] >= otherMeans[i]) notBelow++;
  }
  return Math.min(1, 2 * (1 + Math.min(notAbove, notBelow)) / (1 + means.length));
}

/**
 * A p-value in words: one at the floor that the number of samples sets is only known to be lower.
 *
 * @param options `tests`: how many p-values it was corrected for by {@linkcode holm}; default 1.
 * `replicates`: the number of samples; default 1,000.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([20 / 1001, .0479, 1].map((p) => formatPValue(p, { tests: 10 })), [
 *   "< 0.02",
 *   "0.048",
 *   "1.000",
 * ]);
 * assertEquals(formatPValue(NaN), "–");
 * ```
 */
export function formatPValue(
  pValue: number,
  { tests = 1, replicates = 1000 }: { tests?: number; replicates?: number } = {},
): string {
  if (Number.isNaN(pValue)) return "–";
  const floor = Math.min(1, 2 * tests / (1 + replicates));
  return pValue <= floor * (1 + 1e-9) ? `< ${Number(floor.toPrecision(2))}` : pValue.toFixed(3);
}

/**
 * Corrects p-values for their number by Holm's step-down method (1979): the chance of any false
 * positive among them stays below the level of the tests.
 *
 * @returns Corrected p-values, in the given order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
 * ```
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const corrected = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[i]));
    corrected[i] = largest;
  });
  return corrected;
}
