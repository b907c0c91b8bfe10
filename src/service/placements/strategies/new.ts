import { ARRIVAL_DAYS } from "../../schema/lists.ts";
import type { Found, StrategyRequest } from "./strategy.ts";

/** What the order of new arrivals is called among models. */
const NAME = "newest";

/** How long a list is reused: the window moves on. */
const AGE_MS = 60_000;

/** New arrivals, in the order of the user's interest; newest first for one without a history. */
export async function newArrivals(
  { shop, who, step, explain, k, allowed, factors, isCompleted }: StrategyRequest,
): Promise<Found> {
  const { recommender } = shop;
  const { newness } = await shop.arrivals.newness(step.window ?? ARRIVAL_DAYS);
  const isNew = allowed.map((is, item) => newness[item] > 0 ? is : 0);
  if (who.history.items.length === 0) {
    const items = recommender.popular({ k, allowed: isNew, factors }, newness);
    return { model: NAME, items, ageMs: AGE_MS };
  }
  const found = recommender.recommend(who.history, {
    ...{ model: step.model, explain, allowed: isNew, factors, k, isCompleted },
    ...{ shown: who.shown, disliked: who.disliked, exclude: "none" },
    isBounded: false,
  });
  return { ...found, ageMs: AGE_MS };
}
