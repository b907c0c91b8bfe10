/** Users per product up to which popular products aren't damped. */
const FEW = 3;

/** Users per product from which on popularity has no effect. */
const MANY = 30;

/** The rule of {@linkcode degreeDamping}, for `--help`. */
export const DEGREE_RULE = `from 0 with at most ${FEW} users per product to 1 with ${MANY} or more`;

/**
 * The damping of popular products by their degree, as a power, that ranks best. A product with few
 * users is related to others by chance; the fewer, the more the damping favors it. The rule fits
 * MovieLens 100k with at most 4, 10 and 30 ratings per user and as a whole (2.2, 5.6, 16 and 48
 * users per film: 0, .2, 1 and 1 are best), RetailRocket (10: .4, .8 is 1% worse), Gowalla (20: .8)
 * and simulated shops (7: .6; 8: .7; 76: 1).
 *
 * @param usersPerProduct Mean number of users of a product that has any.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * assertEquals(degreeDamping(2), 0);
 * assertAlmostEquals(degreeDamping(Math.sqrt(3 * 30)), 0.5);
 * assertEquals(degreeDamping(100), 1);
 * ```
 */
export function degreeDamping(usersPerProduct: number): number {
  const share = Math.log(usersPerProduct / FEW) / Math.log(MANY / FEW);
  return Math.min(1, Math.max(0, share));
}
