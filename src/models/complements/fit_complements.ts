import { formatCounted } from "../../base/format.ts";
import { EVENT_WEIGHTS, type EventWeights } from "../../interactions/event_weights.ts";
import type { ShopInteractions } from "../../interactions/interactions.ts";
import { groupPositions } from "../../linalg/sparse/group_positions.ts";
import { categoryNumbers } from "../completion/category_popularity.ts";
import { strongestPerRow } from "../neighbours/strongest_per_row.ts";
import { type Baskets, basketsOf } from "./baskets.ts";
import { categoryLifts, countCategoryPairs } from "./category_lifts.ts";
import { Complements } from "./complements.ts";

/** Fewer baskets say too little about pairs. */
export const FEWEST_BASKETS = 200;

/** The partners that are kept of each product, those of most baskets first. */
const PARTNERS = 64;

/** Facts about the baskets that a table was made of. */
export interface ComplementsFigures {
  /** Baskets with at least two products. */
  readonly baskets: number;
  /** Larger baskets that were omitted, see `MOST_PRODUCTS`. */
  readonly omitted: number;
  /** Products that have a partner. */
  readonly products: number;
  /** Pairs that are kept, one for each of their two products. */
  readonly pairs: number;
  /** Pairs of categories, the same one twice included, that are alternatives of each other. */
  readonly alternatives: number;
}

/** A table of products that go together, or why there is none. */
export type FittedComplements =
  | { readonly table: Complements; readonly figures: ComplementsFigures }
  | { readonly absent: string };

/**
 * Finds out which products go together, from what users put into the cart or bought within a day.
 * Takes time linear in the pairs of products within baskets.
 *
 * @param options `eventWeights`: the weights of the event types in the interactions; default 1, 2
 * and 4.
 */
export function fitComplements(
  interactions: ShopInteractions,
  { eventWeights = EVENT_WEIGHTS }: { eventWeights?: EventWeights } = {},
): FittedComplements {
  const baskets = basketsOf(interactions, {
    weights: [eventWeights.cart, eventWeights.purchase],
  });
  const count = baskets.times.length;
  if (count < FEWEST_BASKETS) {
    return {
      absent: `the events have ${formatCounted(count, "basket")} of two products or more, ` +
        `at least ${FEWEST_BASKETS} are needed`,
    };
  }
  const categories = categoryNumbers(interactions.catalogue);
  const visits = basketsOf(interactions, { weights: [eventWeights.view] });
  const together = countCategoryPairs(baskets, categories);
  const lifts = categoryLifts(together, countCategoryPairs(visits, categories));
  const pairs = countPairs(baskets, categories.length);
  const table = new Complements({
    pairs,
    ...countProducts(baskets, categories.length),
    lifts,
    categoryTotals: together.totals,
  }, categories);
  return {
    table,
    figures: {
      baskets: count,
      omitted: baskets.omitted,
      products: pairs.indptr.reduce((sum, end, row, all) => sum + (end > all[row - 1] ? 1 : 0), 0),
      pairs: pairs.values.length,
      alternatives: lifts.values.reduce((sum, lift) => sum + (lift === 0 ? 1 : 0), 0),
    },
  };
}

/** How many baskets have each pair of products; the strongest partners of each. */
function countPairs({ indptr, items }: Baskets, size: number) {
  const basketOf = new Uint32Array(items.length);
  for (let b = 0; b + 1 < indptr.length; b++) basketOf.fill(b, indptr[b], indptr[b + 1]);
  const places = groupPositions(items, size);
  return strongestPerRow({
    size,
    keep: PARTNERS,
    accumulate(item, add) {
      for (let p = places.indptr[item]; p < places.indptr[item + 1]; p++) {
        const b = basketOf[places.positions[p]];
        for (let q = indptr[b]; q < indptr[b + 1]; q++) if (items[q] !== item) add(items[q], 1);
      }
    },
  });
}

function countProducts(
  { indptr, items }: Baskets,
  size: number,
): { baskets: Uint32Array; companions: Uint32Array } {
  const baskets = new Uint32Array(size);
  const companions = new Uint32Array(size);
  for (let b = 0; b + 1 < indptr.length; b++) {
    for (let p = indptr[b]; p < indptr[b + 1]; p++) {
      baskets[items[p]]++;
      companions[items[p]] += indptr[b + 1] - indptr[b] - 1;
    }
  }
  return { baskets, companions };
}
