import { InputError } from "../base/input_error.ts";
import { sequenceWidth } from "./confidence_sequence.ts";
import { normalQuantile } from "./normal_quantile.ts";

/** An experiment that hasn't started. */
export interface PlannedExperiment {
  /** Units that will be in both arms together. */
  readonly units: number;
  /** The share of them in the arm, the others being in the control. Default 0.5. */
  readonly share?: number;
  /** The variance of the value between units. */
  readonly variance: number;
  /** As for the intervals of the effect. Default 0.05. */
  readonly alpha?: number;
  /** The chance to find an effect of this size. Default 0.8. */
  readonly power?: number;
}

/**
 * The smallest true difference per unit that an experiment finds with some power, when its interval
 * is looked at at any time and is narrowest at the end.
 *
 * @throws {InputError} If a number is out of its range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Of 20,000 users 5% buy: the difference must be 1.2 percentage points.
 * const variance = 0.05 * 0.95;
 * assertAlmostEquals(detectableEffect({ units: 20_000, variance }), 0.0119, 1e-4);
 * ```
 */
export function detectableEffect(
  { units, share = 0.5, variance, alpha = 0.05, power = 0.8 }: PlannedExperiment,
): number {
  if (!(variance >= 0) || !(share > 0 && share < 1) || !(power > 0 && power < 1)) {
    throw new InputError(
      "Cannot plan an experiment: the variance must be at least 0, share and power between 0 " +
        `and 1; got ${variance}, ${share} and ${power}`,
    );
  }
  const error = Math.sqrt(variance / units / (share * (1 - share)));
  return (sequenceWidth(units, { alpha, narrowestAt: units }) + normalQuantile(power)) * error;
}
