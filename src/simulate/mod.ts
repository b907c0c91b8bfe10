/**
 * A simulated shop. Its events have the form of the REES46 cosmetics data and, in the figures of
 * {@linkcode REAL_FIGURES}, nearly its distribution, so that every part of the program can be tried without a
 * download. **They are invented**: no product, brand or user exists, and how well a model does on them says
 * nothing about how well it does in a real shop. How hard the next product is to foresee was chosen so that
 * popularity, item neighbours and sequential rules come in the order, and near the recall, that is published
 * for the real data; a full month is somewhat easier.
 *
 * What there is to learn, by kind of model:
 *
 * - *Taste.* Every product belongs to a niche, which crosses categories and brands and isn't in the data. A user
 *   keeps to one to five niches, so who looks at the same products will like the same others.
 * - *Content.* A niche stays within a few categories and price levels; a user favours a brand and passes over
 *   what is far from the prices they are used to. Products of a series share category, brand and price.
 * - *Sequence.* The next product of a session depends on the last one: the next shade, another one of the
 *   series, the series that goes with it, another one of the niche.
 * - *Recency.* Popularity drifts in waves of one to three months; a twelfth of the series is launched during a
 *   month and at first in great demand, and one in twenty-five is promoted for four days.
 * - *Repeats.* Visits resume where the last one ended, carts last from visit to visit, and of what is used up
 *   some is bought again.
 *
 * What isn't there: seasons and holidays, changes of price, stock that runs out, users who learn or grow tired,
 * and what is recommended has no effect on anybody.
 *
 * @module
 */
export { SIMULATION_DEFAULTS, type SimulationOptions } from "./parameters/options.ts";
export { REAL_FIGURES } from "./parameters/real_figures.ts";
export { simulateCsv } from "./simulate_csv.ts";
export { writeSimulation } from "./write.ts";
