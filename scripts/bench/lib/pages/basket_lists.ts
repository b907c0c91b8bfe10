import type { ShopInteractions } from "../../../../src/interactions/interactions.ts";
import { topK } from "../../../../src/linalg/top_k.ts";
import type { Baskets } from "../../../../src/models/complements/baskets.ts";
import type { Complements } from "../../../../src/models/complements/complements.ts";
import type { Model } from "../../../../src/models/model.ts";
import { rank } from "../../../../src/models/rank.ts";
import type { ListMaker } from "./basket_questions.ts";

/** Lists by the table of products that go together. */
export function complementLists(table: Complements): ListMaker {
  const scores = new Float32Array(table.itemCount);
  return (basket, k) => {
    table.score(basket.map((item) => ({ item, category: table.categoryOf(item) })), scores);
    return topK(scores, k).indices;
  };
}

/** Lists by a model that takes the basket for products just put into the cart. */
export function modelLists(model: Model, { cartWeight, time }: {
  cartWeight: number;
  time: number;
}): ListMaker {
  return (basket, k) =>
    rank(model, {
      items: Uint32Array.from(basket),
      weights: new Float32Array(basket.length).fill(cartWeight),
      times: new Uint32Array(basket.length).fill(time),
    }, { k }).indices;
}

/** Lists of the products that most baskets have with those asked for: plain counts of pairs. */
export function countLists(
  { indptr, items }: Baskets,
  { itemIds }: Pick<ShopInteractions, "itemIds">,
): ListMaker {
  const basketsOf: number[][] = Array.from({ length: itemIds.size }, () => []);
  for (let b = 0; b + 1 < indptr.length; b++) {
    for (const item of items.subarray(indptr[b], indptr[b + 1])) basketsOf[item].push(b);
  }
  const counts = new Float32Array(itemIds.size);
  return (basket, k) => {
    counts.fill(0);
    for (const item of basket) {
      for (const b of basketsOf[item]) {
        for (const other of items.subarray(indptr[b], indptr[b + 1])) counts[other]++;
      }
    }
    return topK(withoutBasket(counts, basket), k).indices;
  };
}

/** Lists of the products that most baskets have. */
export function popularLists(
  { items: all }: Baskets,
  { itemIds }: Pick<ShopInteractions, "itemIds">,
): ListMaker {
  const counts = new Float32Array(itemIds.size);
  for (const item of all) counts[item]++;
  return (basket, k) => topK(withoutBasket(counts.slice(), basket), k).indices;
}

function withoutBasket(counts: Float32Array, basket: readonly number[]): Float32Array {
  for (const item of basket) counts[item] = -Infinity;
  return counts.map((count) => count > 0 ? count : -Infinity);
}
