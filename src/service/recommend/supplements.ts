import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import type { Supplement } from "../../models/completion/complete_list.ts";
import { CONTENT_MODEL } from "./live_content.ts";
import type { LiveModels } from "./live_models.ts";

/** What completes a user's list, in this order; each is made only if it is asked for. */
export function* supplements(models: LiveModels): Generator<Supplement> {
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
