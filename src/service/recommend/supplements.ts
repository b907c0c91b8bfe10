import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { EMPTY_HISTORY } from "../../interactions/history.ts";
import type { Supplement } from "../../models/completion/complete_list.ts";
import {
  categoryNumbers,
  createCategoryPopularity,
} from "../../models/completion/category_popularity.ts";
import type { Products } from "../catalogue/products.ts";
import { CONTENT_MODEL } from "./live_content.ts";
import type { LiveModels } from "./live_models.ts";

/** What completes a user's list, in this order; each is made only if it is asked for. */
export function* supplements(models: LiveModels, products: Products): Generator<Supplement> {
  yield byCategory(models, products);
  yield byContent(models);
  yield byPopularity(models);
}

/** What completes a list of similar products: those like the product come first. */
export function* similarSupplements(models: LiveModels, products: Products): Generator<Supplement> {
  yield byContent(models);
  yield byCategory(models, products);
  yield byPopularity(models);
}

function byCategory(models: LiveModels, products: Products): Supplement {
  const popularity = models.score(FALLBACK_MODEL, EMPTY_HISTORY);
  return {
    source: "category",
    scorer: createCategoryPopularity(popularity, categoryNumbers(products.catalogue)),
  };
}

function byContent(models: LiveModels): Supplement {
  return { source: "content", scorer: models.scorer(CONTENT_MODEL) };
}

function byPopularity(models: LiveModels): Supplement {
  return { source: "popularity", scorer: models.scorer(FALLBACK_MODEL) };
}
