/** A share of counts, with its 95% confidence interval. */
export interface Proportion {
  /** From 0 to 1; NaN if nothing was counted. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The 97.5% quantile of the standard normal distribution. */
const Z = 1.959964;

/**
 * The share of `part` in `whole`, with Wilson's 95% interval, which stays within 0 and 1 and is
 * accurate for small counts and shares near 0 too. It assumes independent counts.
 *
 * Wilson, "Probable inference, the law of succession, and statistical inference", JASA 1927.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { share, low, high } = proportion(3, 10);
 * assertEquals([share, low, high].map((x) => x.toFixed(3)), ["0.300", "0.108", "0.603"]);
 * ```
 */
export function proportion(part: number, whole: number): Proportion {
  if (whole === 0) return { share: NaN, low: 0, high: 1 };
  // (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
  const share = part / whole;
  const shrink = 1 + Z * Z / whole;
  const center = (share + Z * Z / (2 * whole)) / shrink;
  const half = Z / shrink * Math.sqrt((share * (1 - share) + Z * Z / (4 * whole)) / whole);
  // At the ends, the bound is exactly 0 or 1, which rounding would miss.
  return {
    share,
    low: part === 0 ? 0 : center - half,
    high: part === whole ? 1 : center + half,
  };
}
