import { sum } from "../../base/statistics.ts";
import { densityOf, familiarityOf } from "../../interactions/familiarity.ts";
import type { Interactions } from "../../interactions/interactions.ts";

/** Share of the pairs of user and product with events from which on `ease` is tried. */
const LEAST_DENSITY = 0.002;

/** Largest products × pairs for which it is tried: some seconds. */
const MOST_WORK = 1e9;

/**
 * Whether a blend tries `ease`: where users know a good share of the products it can be better than
 * all other members together, elsewhere it adds nothing to them; and it must not take long.
 */
export function suitsEase(train: Interactions): boolean {
  const familiarity = familiarityOf(train);
  const work = train.itemIds.size * sum(familiarity.usersOfItem);
  return densityOf(familiarity) >= LEAST_DENSITY && work <= MOST_WORK;
}
