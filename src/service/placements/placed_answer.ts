import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import type { RecommendationList } from "../recommend/recommendation.ts";
import type { PlacedList } from "./make_list.ts";

/** A placement's list as it is answered. */
export interface PlacedAnswer extends RecommendationList {
  readonly steps: NonNullable<RecommendationList["steps"]>;
}

/**
 * A placement's list as it is answered.
 *
 * @param options `explain`: whether to say what rules did. Default no.
 */
export function placedAnswer(list: PlacedList, { explain = false } = {}): PlacedAnswer {
  const { placement, placed, steps, outcomes } = list;
  return {
    model: steps.at(0)?.model ?? FALLBACK_MODEL,
    strategy: strategyOf(list),
    items: placed.map(({ product, step, effects, propensity }) => ({
      ...product,
      ...(step !== undefined && { step }),
      ...(propensity !== undefined && { explored: true }),
      ...(explain && effects.length > 0 && { rules: [...effects] }),
    })),
    ...(placement !== undefined && { placement }),
    steps: [...steps],
    ...(explain && { rules: [...outcomes] }),
  };
}

/** Whether popularity filled the list, or what a user or a page says, or both; pins don't count. */
function strategyOf({ placed, steps }: PlacedList): RecommendationList["strategy"] {
  const arePopular = placed.filter(({ step }) => step !== undefined).map(({ step, product }) =>
    product.source === "popularity" || steps[step!].strategy === "popular"
  );
  if (arePopular.every((is) => is)) return arePopular.length > 0 ? "popular" : "personalized";
  return arePopular.some((is) => is) ? "mixed" : "personalized";
}
