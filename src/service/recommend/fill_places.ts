import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import type { History } from "../../interactions/history.ts";
import type { Ranked } from "../../linalg/top_k.ts";
import {
  type CompleteList,
  completeList,
  type Supplement,
} from "../../models/completion/complete_list.ts";
import type { RankOptions } from "../../models/rank.ts";
import { boosted } from "./boosted.ts";
import { withoutArrivals } from "./bounded_arrivals.ts";
import { CONTENT_MODEL } from "./live_content.ts";
import type { LiveModels } from "./live_models.ts";
import type { Adjustment } from "./recommendation.ts";

/** How {@linkcode fillPlaces} fills the places that a model leaves empty. */
export interface Filling extends Pick<Adjustment, "factors" | "isCompleted"> {
  readonly models: LiveModels;
  /** Those that the list was made with. */
  readonly options: RankOptions;
  /** What fills them, in this order; iterated over only if there are empty places. */
  readonly supplementsOf: (models: LiveModels) => Iterable<Supplement>;
  /** Whether all other products come before those of which events say little. Default false. */
  readonly isBounded?: boolean;
}

/**
 * Fills the places that a model leaves empty.
 *
 * @param best What the model recommends.
 */
export function fillPlaces(
  best: Ranked,
  history: History,
  { models, options, supplementsOf, factors, isCompleted = true, isBounded = false }: Filling,
): CompleteList {
  const { uncertain } = models;
  return completeList(best, history, options, function* () {
    if (!isCompleted) return;
    // Arrivals beyond their share come last.
    if (isBounded && uncertain.items.length > 0) {
      for (const { source, scorer } of supplementsOf(models)) {
        yield { source, scorer: withoutArrivals(uncertain, boosted(scorer, factors)) };
      }
    }
    for (const { source, scorer } of supplementsOf(models)) {
      yield { source, scorer: boosted(scorer, factors) };
    }
  });
}

/** What completes a user's list, in this order; each is made only if it is asked for. */
export function* userSupplements(models: LiveModels): Generator<Supplement> {
  yield byCategory(models);
  yield byContent(models);
  yield byPopularity(models);
}

/** What completes a list of similar products: those like the product come first. */
export function* similarSupplements(models: LiveModels): Generator<Supplement> {
  yield byContent(models);
  yield byCategory(models);
  yield byPopularity(models);
}

function byCategory(models: LiveModels): Supplement {
  return { source: "category", scorer: models.categoryPopularity };
}

function byContent(models: LiveModels): Supplement {
  return { source: "content", scorer: models.scorer(CONTENT_MODEL) };
}

function byPopularity(models: LiveModels): Supplement {
  return { source: "popularity", scorer: models.scorer(FALLBACK_MODEL) };
}
