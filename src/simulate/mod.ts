/**
 * A simulated shop. Its events have the format of the REES46 cosmetics data and, as measured by
 * {@linkcode REAL_FIGURES}, nearly its distribution, so that every part of the program can be tried
 * without a download. **They are invented**: no product, brand or user exists, and a model's
 * results on them say nothing about a real shop. How predictable the next product is was chosen so
 * that popularity, item neighbours and sequential rules rank as published for the real data, with
 * similar recall; a full month is somewhat easier.
 *
 * The patterns to learn, by kind of model:
 *
 * - *Taste.* Every product belongs to a niche, which spans categories and brands and isn't in the
 *   data. A user sticks to one to five niches, so users who view the same products like the same
 *   others.
 * - *Content.* A niche covers a few categories and price levels; users favour a brand and skip
 *   products far from their usual prices. Products of a series share category, brand and price.
 * - *Sequence.* A session's next product depends on the last one: the next shade, another product
 *   of the series, a complementary series, another product of the niche.
 * - *Recency.* Popularity drifts in waves of one to three months; a twelfth of the series (or
 *   another share, `launches`) is launched during a month, in high demand at first, and one in
 *   twenty-five is promoted for four days.
 * - *Repeats.* Visits resume where the last one ended, carts persist between visits, and some
 *   consumables are bought again.
 *
 * Not simulated: seasons and holidays, price changes, stock running out, users whose taste changes
 * or who lose interest, and any effect of recommendations; for that `live` has a smaller world.
 *
 * @module
 */
export {
  MOST_LAUNCHES,
  SIMULATION_DEFAULTS,
  type SimulationOptions,
} from "./parameters/options.ts";
export { REAL_FIGURES } from "./parameters/real_figures.ts";
export { simulateCsv } from "./simulate_csv.ts";
export { writeSimulation } from "./write.ts";
