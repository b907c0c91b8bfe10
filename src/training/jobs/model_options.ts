import type { RatingMode } from "../../interactions/event_weights.ts";
import type { TrainingDataOptions } from "../../interactions/training_data.ts";
import type { Algorithm } from "../../models/model.ts";

/** What models are fitted with. */
export interface FitOptions extends TrainingDataOptions {
  /** How several events of a pair make one rating, for every model that has this option. Default its own. */
  rating?: RatingMode;
  /** Determines what is random in models that have a seed. Default their own. */
  seed?: number;
  /** Options found by tuning, by model; they come before all others. */
  tuned?: Readonly<Record<string, object>>;
}

/** All options that an algorithm is fitted with: its defaults, rating mode and seed, and what tuning found. */
export function modelOptions(
  { name, defaults }: Pick<Algorithm, "name" | "defaults">,
  { rating, seed, tuned = {} }: Pick<FitOptions, "rating" | "seed" | "tuned"> = {},
): object {
  return {
    ...defaults,
    ...(rating !== undefined && "rating" in defaults && { rating }),
    ...(seed !== undefined && "seed" in defaults && { seed }),
    ...tuned[name],
  };
}
