import { FALLBACK_MODEL } from "../../../artifact/manifest.ts";
import type { Found, StrategyRequest } from "./strategy.ts";

/** How long a list of a window is reused: its counts change all the time. */
const WINDOW_AGE_MS = 15_000;

/** What is most popular: in the artifact's events or, with a window, of the last days. */
export async function popular(
  { shop, step: { window }, k, allowed, factors }: StrategyRequest,
): Promise<Found> {
  const trending = window === undefined ? undefined : await shop.popularity.trending(window);
  return {
    model: FALLBACK_MODEL,
    items: shop.recommender.popular({ k, allowed, factors }, trending?.counts),
    ...(trending && { ageMs: WINDOW_AGE_MS }),
  };
}
