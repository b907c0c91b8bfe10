import { mean } from "../base/statistics.ts";

/** Mean and standard deviation of figures. */
export interface Spread {
  readonly mean: number;
  /** Of a sample, with n − 1 in the denominator; 0 for a single figure. */
  readonly deviation: number;
}

/**
 * Mean and standard deviation of repeated measurements.
 *
 * @throws {RangeError} If there are none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(spreadOf([1, 2, 3]), { mean: 2, deviation: 1 });
 * ```
 */
export function spreadOf(figures: readonly number[]): Spread {
  if (figures.length === 0) {
    throw new RangeError("Cannot compute a spread: there must be at least one figure, got none");
  }
  const middle = mean(figures);
  const squares = figures.reduce((sum, figure) => sum + (figure - middle) ** 2, 0);
  return { mean: middle, deviation: Math.sqrt(squares / Math.max(1, figures.length - 1)) };
}
