import { InputError } from "../base/input_error.ts";

/** How wide a confidence sequence is. */
export interface SequenceOptions {
  /** The chance that the true value is ever outside, between 0 and 1. */
  readonly alpha: number;
  /** The number of units at which it is to be narrowest, compared to others. */
  readonly narrowestAt: number;
}

/**
 * Half the width of an asymptotic confidence sequence, in standard errors: the true value stays
 * within estimate ± this many standard errors **at all times at once**, with probability
 * 1 − alpha. Looking every day and stopping at will is allowed, unlike with the 1.96 standard
 * errors of an interval for one look.
 *
 * The normal mixture of Robbins (1970), for estimates that are asymptotically sums of independent
 * units (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, "Time-uniform central limit theory
 * and asymptotic confidence sequences", theorem 2.2):
 *
 *   √((n·ρ² + 1) / (n·ρ²) · 2·ln(√(n·ρ² + 1) / alpha))
 *
 * with ρ² = (−2·ln alpha + ln(1 − 2·ln alpha)) / narrowestAt.
 *
 * @param units n, how many units the estimate is of; at least 1.
 * @throws {InputError} If alpha isn't between 0 and 1, or a number of units is below 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const errors = sequenceWidth(10_000, { alpha: 0.05, narrowestAt: 10_000 });
 * assertAlmostEquals(errors, 3.03, 0.01);
 * ```
 */
export function sequenceWidth(units: number, { alpha, narrowestAt }: SequenceOptions): number {
  if (!(alpha > 0 && alpha < 1)) {
    throw new InputError(
      `Cannot make a confidence sequence: alpha must be between 0 and 1, got ${alpha}`,
    );
  }
  for (const [name, value] of Object.entries({ units, narrowestAt })) {
    if (value >= 1) continue;
    throw new InputError(
      `Cannot make a confidence sequence: ${name} must be at least 1, got ${value}`,
    );
  }
  const chance = -2 * Math.log(alpha);
  const scaled = units * (chance + Math.log(1 + chance)) / narrowestAt;
  return Math.sqrt((scaled + 1) / scaled * (Math.log(scaled + 1) + chance));
}
