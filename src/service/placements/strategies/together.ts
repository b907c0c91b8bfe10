import { FALLBACK_SOURCE } from "../../recommend/recommendation.ts";
import { TOGETHER_MODEL } from "../../recommend/together.ts";
import type { Found, StrategyRequest } from "./strategy.ts";

/**
 * What is bought with the products of the page or basket, or with the user's latest product if the
 * page has none, without their alternatives. What is popular follows where no chain does.
 */
export function together(
  { shop, who, products, k, allowed, factors, isCompleted }: StrategyRequest,
): Found {
  const latest = who.history.items.at(-1);
  const basket = products.length > 0 ? products : latest === undefined ? [] : [latest];
  const items = shop.together.complements(basket, { k, allowed, factors });
  if (isCompleted === false || items.length === k) return { model: TOGETHER_MODEL, items };
  const left = allowed.slice();
  for (const { productId } of items) left[shop.recommender.products.indexOf(productId)] = 0;
  const popular = shop.recommender.popular({ k: k - items.length, allowed: left, factors })
    .map((product) => ({ ...product, source: FALLBACK_SOURCE }));
  return { model: TOGETHER_MODEL, items: [...items, ...popular] };
}
