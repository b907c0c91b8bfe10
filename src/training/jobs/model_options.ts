import type { RatingMode } from "../../interactions/event_weights.ts";
import type { TrainingDataOptions } from "../../interactions/training_data.ts";
import type { BlendMember } from "../../models/blend_members.ts";
import type { Algorithm } from "../../models/model.ts";

/** What all models are fitted with. */
export interface FitOptions extends TrainingDataOptions {
  /**
   * How several events of a pair make one rating, for models with this option. Default their own.
   */
  rating?: RatingMode;
  /** Determines what is random, for models with a seed. Default their own. */
  seed?: number;
  /** Options found by tuning, by model; they take precedence. */
  tuned?: Readonly<Record<string, object>>;
}

/**
 * All options to fit an algorithm with: its defaults, rating mode and seed, and what tuning found,
 * for a blend's members as well.
 */
export function modelOptions(
  { name, defaults }: Pick<Algorithm, "name" | "defaults">,
  { rating, seed, tuned = {} }: Pick<FitOptions, "rating" | "seed" | "tuned"> = {},
): object {
  return {
    ...defaults,
    ...(rating !== undefined && "rating" in defaults && { rating }),
    ...(seed !== undefined && "seed" in defaults && { seed }),
    ...("members" in defaults && {
      members: tunedMembers(defaults.members as readonly BlendMember[], tuned),
    }),
    ...tuned[name],
  };
}

function tunedMembers(
  members: readonly BlendMember[],
  tuned: Readonly<Record<string, object>>,
): BlendMember[] {
  return members.map(({ name, options }) => {
    const all = { ...tuned[name], ...options };
    return Object.keys(all).length === 0 ? { name } : { name, options: all };
  });
}
