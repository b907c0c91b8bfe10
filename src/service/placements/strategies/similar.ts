import type { Found, StrategyRequest } from "./strategy.ts";

/**
 * What is like the products of the page, or like the user's latest product if the page has none.
 * For a user, what suits them comes first; see {@linkcode SimilarProducts.list}.
 */
export function similar(
  { shop, who, products, step, ...options }: StrategyRequest,
): Found {
  const latest = who.history.items.at(-1);
  const items = products.length > 0 ? products : latest === undefined ? [] : [latest];
  const { allowed, factors, k, isCompleted } = options;
  if (items.length === 0) return { model: step.model ?? shop.recommender.defaultModel, items: [] };
  return shop.similar.list(items, {
    ...{ model: step.model, allowed, factors, k, isCompleted, history: who.history },
  });
}
