import type { Found, StrategyRequest } from "./strategy.ts";

/** What a model recommends to the user or visitor; nothing to one without a history. */
export function personal(
  { shop: { recommender }, who, step, explain, ...options }: StrategyRequest,
): Found {
  const { model, diversity, calibration } = step;
  if (options.isCompleted === false && who.history.items.length === 0) {
    return { model: model ?? recommender.defaultModel, items: [] };
  }
  const { allowed, factors, k, isCompleted } = options;
  return recommender.recommend(who.history, {
    ...{ model, diversity, calibration, explain, allowed, factors, k, isCompleted },
    shown: who.shown,
    disliked: who.disliked,
    // The placement says what the user's own products are; they aren't allowed here already.
    exclude: "none",
    // Caps bound arrivals.
    isBounded: false,
  });
}
