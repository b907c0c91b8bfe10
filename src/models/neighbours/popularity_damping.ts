/** The damping of popular items in sparse data, and the largest one. */
const RANGE = { least: 0.1, most: 0.6 };

/** Density from which on popular items are damped more. */
const SPARSE = 0.005;

/** How much the damping grows when the density grows tenfold. */
const GROWTH = 0.4;

/** The rule of {@linkcode popularityDamping}, for `--help`. */
export const DAMPING_RULE = `${RANGE.least} for sparse data, up to ${RANGE.most} for dense data`;

/**
 * The damping of popular items that ranks best for data of a density: the longer the histories are
 * for their catalogue, the more of them are popular items, which then say less about a user. The
 * rule fits MovieLens 100k as a whole (density .05: .5 is best), with at most 30 ratings per user
 * (.017: .4), 10 (.006: .1) and 4 (.002: .1), with its 300 most rated films only (.26: .6 or more),
 * Gowalla (.0007: .1) and RetailRocket (.0001: .1 or less).
 *
 * @param density Share of the pairs of user and product that have events, from 0 to 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(popularityDamping(0.0001), 0.1);
 * assertAlmostEquals(popularityDamping(0.05), 0.5);
 * assertAlmostEquals(popularityDamping(1), 0.6);
 * ```
 */
export function popularityDamping(density: number): number {
  const { least, most } = RANGE;
  return Math.min(most, least + GROWTH * Math.log10(Math.max(density / SPARSE, 1)));
}
