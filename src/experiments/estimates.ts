/** An estimate of what an arm's units have on average. */
export interface Estimate {
  readonly value: number;
  /** The variance of the estimate: the square of its standard error. */
  readonly variance: number;
  /** Number of units that it is of. */
  readonly units: number;
}

/**
 * Sums over an arm's units of a value each, and of what the unit had before the experiment. They
 * add up: those of two parts are the sums of both.
 */
export interface MeanSums {
  readonly units: number;
  /** Σ y */
  readonly values: number;
  /** Σ y² */
  readonly squares: number;
  /** Σ x, what the units had before; 0 without. */
  readonly before: number;
  /** Σ x² */
  readonly beforeSquares: number;
  /** Σ x·y */
  readonly products: number;
}

/** Sums over an arm's units of the two parts of a ratio, such as clicks and lists. */
export interface RatioSums {
  readonly units: number;
  /** Σ c */
  readonly numerators: number;
  /** Σ c² */
  readonly numeratorSquares: number;
  /** Σ l */
  readonly denominators: number;
  /** Σ l² */
  readonly denominatorSquares: number;
  /** Σ c·l */
  readonly products: number;
}

/**
 * Each arm's mean value per unit, with less variance where the units' values before the experiment
 * say something about them (CUPED: Deng, Xu, Kohavi and Walker 2013):
 *
 *   mean y − θ · (mean x − mean x of all arms),  θ = cov(x, y) / var(x) within the arms
 *
 * Since assignment doesn't depend on x, differences between arms stay unbiased. Where all x are
 * equal, these are the plain means.
 *
 * @param arms At least one, each with two units or more for a finite variance.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // Two units with 1 and 3.
 * const sums = { units: 2, values: 4, squares: 10, before: 0, beforeSquares: 0, products: 0 };
 * assertEquals(meansOf([sums]), [{ value: 2, variance: 1, units: 2 }]);
 * ```
 */
export function meansOf(arms: readonly MeanSums[]): Estimate[] {
  let spread = 0, together = 0, before = 0, units = 0;
  for (const arm of arms) {
    spread += arm.beforeSquares - arm.before ** 2 / arm.units;
    together += arm.products - arm.before * arm.values / arm.units;
    before += arm.before;
    units += arm.units;
  }
  const slope = spread > 0 ? together / spread : 0;
  return arms.map((arm) => {
    const own = covariances(arm);
    return {
      value: (arm.values - slope * arm.before) / arm.units + slope * before / units,
      variance: atLeast0(own.values - 2 * slope * own.products + slope ** 2 * own.before) /
        arm.units,
      units: arm.units,
    };
  });
}

/**
 * An arm's ratio of two sums over its units, such as clicks per list, with the variance by the
 * delta method (Deng, Knoblich and Lu 2018): units are independent, their lists aren't.
 *
 * @param sums With two units or more for a finite variance, and a denominator above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // Two users with 1 click in 1 list, and 0 in 3.
 * const sums = { units: 2, numerators: 1, numeratorSquares: 1, denominators: 4,
 *   denominatorSquares: 10, products: 1 };
 * assertEquals(ratioOf(sums), { value: 0.25, variance: 0.140625, units: 2 });
 * ```
 */
export function ratioOf(sums: RatioSums): Estimate {
  const { units, numerators, denominators } = sums;
  const value = numerators / denominators;
  const spread = sums.numeratorSquares - 2 * value * sums.products +
    value ** 2 * sums.denominatorSquares;
  // The residuals c − ratio · l sum to 0.
  const variance = atLeast0(spread) / (units - 1) / units / (denominators / units) ** 2;
  return { value, variance, units };
}

/** The sample variances and the covariance. */
function covariances(arm: MeanSums): { values: number; before: number; products: number } {
  const { units } = arm;
  const by = units - 1;
  return {
    values: (arm.squares - arm.values ** 2 / units) / by,
    before: (arm.beforeSquares - arm.before ** 2 / units) / by,
    products: (arm.products - arm.before * arm.values / units) / by,
  };
}

/** Rounding errors may take a variance of 0 below. */
function atLeast0(variance: number): number {
  return Math.max(0, variance);
}
