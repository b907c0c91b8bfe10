import {
  type ClickCounts,
  epsilonGreedy,
  exploreSlots,
  thompsonSampling,
} from "../../experiments/exploration/explore.ts";
import type { Products } from "../catalogue/products.ts";
import type { NamedRule, Placement } from "./definition/placements.ts";
import type { Placed } from "./rules/outcome.ts";

/** What exploration learns from and draws with. */
export interface Exploration {
  /** How often a product was shown and clicked where this placement explores. */
  countsOf(productId: string): ClickCounts;
  /** Takes into account that a list with these products was made. */
  noteMade(productIds: readonly string[]): void;
  /** Draws uniform numbers from 0 to 1, excluding 1. Default `Math.random`. */
  readonly draw?: () => number;
}

/** What {@linkcode exploreList} makes candidates of. */
export interface ExploringOptions {
  readonly explore: NonNullable<Placement["explore"]>;
  readonly exploration: Exploration;
  readonly products: Products;
  /** Makes the list with more places, or by further rules. */
  make(options: { more: number; rules?: readonly NamedRule[] }): Promise<readonly Placed[]>;
}

/** How many products added since the training compete in a list at most. */
const MOST_NEW = 5;

/** A rule means at most so many products. */
const MOST_IN_RULE = 1000;

/**
 * Gives some places of a list to exploration: the products there compete with the next best ones,
 * and with products added since the training that were shown too seldom to be judged. Places of
 * pins and of new arrivals that a rule brought stay as they are.
 *
 * @param list Without offset.
 * @returns The list; products at explored places have their propensity. Undefined if there is
 *   nothing to choose.
 */
export async function exploreList(
  list: readonly Placed[],
  { explore, exploration, products, make }: ExploringOptions,
): Promise<readonly Placed[] | undefined> {
  const { places, method, epsilon, candidates, newProducts } = explore;
  const { draw = Math.random } = exploration;
  const open = places.map((place) => place - 1).toSorted((a, b) => a - b)
    .filter((place) => place < list.length && isOpen(list[place]));
  if (open.length === 0) return undefined;
  const onList = new Set(list.map(({ item }) => item));
  const isOther = (placed: Placed) => isOpen(placed) && !onList.has(placed.item);
  const next = (await make({ more: candidates })).filter(isOther);
  const unjudged = newProducts > 0 ? await findNew() : [];
  const pool = [
    ...open.map((place) => list[place]),
    ...next,
    ...unjudged.filter(({ item }) => next.every((other) => other.item !== item)),
  ];
  if (pool.length === open.length) return undefined;
  const policy = method === "thompson"
    ? thompsonSampling(pool.map(({ product }) => exploration.countsOf(product.productId)), {
      epsilon,
      draw,
    })
    : epsilonGreedy({ epsilon });
  const explored = [...list];
  const slots = exploreSlots(policy, { candidates: pool.length, slots: open.length, draw });
  slots.forEach(({ candidate, propensity }, i) => {
    explored[open[i]] = { ...pool[candidate], propensity };
  });
  exploration.noteMade(open.map((place) => explored[place].product.productId));
  return explored;

  async function findNew(): Promise<readonly Placed[]> {
    const ids: string[] = [];
    for (let item = products.known; item < products.size && ids.length < MOST_IN_RULE; item++) {
      const id = products.idAt(item);
      if (exploration.countsOf(id).shown < newProducts && !products.isDeleted(item)) ids.push(id);
    }
    if (ids.length === 0) return [];
    const only = { name: "exploration", include: { products: ids } };
    const found = await make({ more: 0, rules: [only] });
    // Where no such product is allowed, the rule is given up.
    return found.filter((placed) => isOther(placed) && placed.item >= products.known)
      .slice(0, MOST_NEW);
  }
}

/** Whether a place isn't that of a pin or of a new arrival that a rule brought. */
function isOpen({ step, effects }: Placed): boolean {
  return step !== undefined && effects.every(({ effect }) => effect !== "newArrivals");
}
