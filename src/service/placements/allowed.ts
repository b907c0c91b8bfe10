import { type Exclude, ownItems } from "../../models/rank.ts";
import { type Filters, keepMatching } from "../catalogue/filters.ts";
import type { Shop } from "../recommend/shop.ts";
import type { BoughtAgain } from "./rules/bought_again.ts";
import type { Who } from "./strategies/strategy.ts";

/** Which products a list may contain, before rules. */
export interface Allowed {
  /** One number per product: 1 for those in stock, not disliked nor hidden, that pass filters. */
  readonly byFilters: Uint8Array;
  /** Of these, 1 for those that aren't the user's own, nor on the page. */
  readonly others: Uint8Array;
}

/** The products that pass all filters, with and without the user's own. */
export function allowedProducts(
  { recommender: { products }, artifact }: Shop,
  { who, exclude, filters, page, bought }: {
    readonly who: Who;
    readonly exclude: Exclude;
    readonly filters: readonly Filters[];
    /** The products of the page. */
    readonly page: readonly number[];
    /** What rules say of what the user bought. */
    readonly bought: Pick<BoughtAgain, "hidden" | "due">;
  },
): Allowed {
  const byFilters = new Uint8Array(products.size).fill(1);
  for (const each of filters) keepMatching(byFilters, products, each);
  for (const item of products.unavailable) byFilters[item] = 0;
  for (const item of page) byFilters[item] = 0;
  for (const id of [...who.disliked ?? [], ...who.hidden ?? []]) {
    const item = products.indexOf(id);
    if (item >= 0) byFilters[item] = 0;
  }
  const others = byFilters.slice();
  const { purchase: purchaseWeight } = artifact.manifest.eventWeights;
  for (const item of ownItems(who.history, { exclude, purchaseWeight })) others[item] = 0;
  if (exclude !== "none") {
    for (const { productId } of who.purchased ?? []) {
      const item = products.indexOf(productId);
      if (item >= 0) others[item] = 0;
    }
  }
  for (const item of bought.hidden) others[item] = 0;
  for (const item of bought.due) others[item] = byFilters[item];
  return { byFilters, others };
}
