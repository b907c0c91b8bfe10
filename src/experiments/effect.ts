import { sequenceWidth } from "./confidence_sequence.ts";
import type { Estimate } from "./estimates.ts";

/** What an arm has more than the control, with intervals that may be looked at at any time. */
export interface Effect {
  readonly difference: Interval;
  /** The difference as a share of the control's value; absent if that isn't above 0. */
  readonly relative?: Interval;
  /** Whether an interval of the difference excludes 0. */
  readonly isCertain: boolean;
}

/** An estimate and the bounds that hold the true value. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** How certain an effect has to be. */
export interface EffectOptions {
  /** The chance that the interval ever misses the true effect. Default 0.05. */
  readonly alpha?: number;
  /** The number of units of both arms at which intervals are to be narrowest. Default 10,000. */
  readonly narrowestAt?: number;
  /** With fewer units in either arm, nothing is certain. Default 100. */
  readonly least?: number;
}

/**
 * The effect of an arm, compared to the control. Its interval holds at all times at once, see
 * {@linkcode sequenceWidth}; one with too few units, or of units that are all alike, is unbounded.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const control = { value: 2, variance: 0.01, units: 5000 };
 * const arm = { value: 3, variance: 0.01, units: 5000 };
 * const { difference, isCertain } = effectOf(control, arm);
 * assertEquals([difference.estimate, isCertain], [1, true]);
 * ```
 */
export function effectOf(
  control: Estimate,
  arm: Estimate,
  { alpha = 0.05, narrowestAt = 10_000, least = 100 }: EffectOptions = {},
): Effect {
  // Where nobody bought yet, nobody knows how much users differ.
  const isMeasured = Math.min(control.units, arm.units) >= least &&
    control.variance + arm.variance > 0;
  const width = isMeasured
    ? sequenceWidth(control.units + arm.units, { alpha, narrowestAt })
    : Infinity;
  const around = (estimate: number, variance: number): Interval => {
    const half = isMeasured ? width * Math.sqrt(variance) : Infinity;
    return { estimate, low: estimate - half, high: estimate + half };
  };
  const [own, others] = [varianceBeside(arm, control), varianceBeside(control, arm)];
  const difference = around(arm.value - control.value, own + others);
  const ratio = arm.value / control.value;
  // The ratio of two independent means by the delta method.
  const spread = (own + ratio ** 2 * others) / control.value ** 2;
  return {
    difference,
    ...(control.value > 0 && { relative: around(ratio - 1, spread) }),
    isCertain: difference.low > 0 || difference.high < 0,
  };
}

/**
 * An estimate's variance. Units that are all alike, such as a hundred users who didn't click yet,
 * don't say how much users differ: then they are taken to differ as those of the other arm do.
 */
function varianceBeside({ variance, units }: Estimate, other: Estimate): number {
  return variance > 0 ? variance : other.variance * other.units / units;
}
