import type { Artifact } from "../artifact/load.ts";
import { FALLBACK_MODEL } from "../artifact/manifest.ts";
import { categoryOf, textAt } from "../interactions/catalogue.ts";
import { EMPTY_HISTORY } from "../interactions/history.ts";
import { historyOf } from "../interactions/interactions.ts";
import type { Model } from "../models/model.ts";
import { type Exclude, recommend } from "../models/recommend.ts";
import { shortestDecimal } from "./float32.ts";

/** One product of a list. */
export interface RecommendedProduct {
  readonly productId: string;
  /** Comparable only with the others of the same list. */
  readonly score: number;
  /** `unknown` where the shop gave none. */
  readonly brand: string;
  /** The category's path, or its number where the shop gave no path. */
  readonly category: string;
  /** The latest known, in the shop's currency; 0 where none is. */
  readonly price: number;
}

/** What somebody is recommended. */
export interface Recommendations {
  readonly userId: string;
  /** The model that made the list. */
  readonly model: string;
  /** Whether the list is made from what the user did, or is what everybody likes. */
  readonly strategy: "personalized" | "popular";
  /** Best first. */
  readonly items: readonly RecommendedProduct[];
}

/** What is wanted of a {@linkcode Recommender}. */
export interface RecommendationRequest {
  /** One of the artifact's. Default its default. */
  model?: string;
  /** How many products; at least 1. Fewer come back only when no more are allowed. Default 10. */
  k?: number;
  /** Which of the user's own products to leave out. Default `"seen"`. */
  exclude?: Exclude;
}

/** Answers who should be recommended what. */
export interface Recommender {
  /**
   * The best products for a user. Somebody of whom nothing is known gets what is popular.
   *
   * @throws {RangeError} If the artifact has no such model, or `k` is not a positive whole number.
   */
  recommend(userId: string, request?: RecommendationRequest): Recommendations;
}

/** Makes a recommender of what an artifact holds. */
export function createRecommender({ manifest, interactions, models }: Artifact): Recommender {
  const { userIds, itemIds, catalogue } = interactions;
  const buffer = new Float32Array(itemIds.size);
  // As the histories hold it, in 32 bits.
  const purchaseWeight = Math.fround(manifest.eventWeights.purchase);

  function describe(item: number, score: number): RecommendedProduct {
    return {
      productId: itemIds.idAt(item),
      score: shortestDecimal(score),
      brand: textAt(catalogue.brand, item),
      category: categoryOf(catalogue, item),
      price: shortestDecimal(catalogue.price[item]),
    };
  }
  return {
    recommend(userId, { model: wanted = manifest.defaultModel, ...options } = {}) {
      const user = userIds.indexOf(userId);
      const history = user < 0 ? EMPTY_HISTORY : historyOf(interactions, user);
      const model = history.items.length > 0 ? wanted : FALLBACK_MODEL;
      const { indices, scores } = recommend(modelNamed(models, model), history, {
        ...options,
        purchaseWeight,
        buffer,
      });
      return {
        userId,
        model,
        strategy: model === FALLBACK_MODEL ? "popular" : "personalized",
        items: Array.from(indices, (item, rank) => describe(item, scores[rank])),
      };
    },
  };
}

function modelNamed(models: ReadonlyMap<string, Model>, name: string): Model {
  const model = models.get(name);
  if (model) return model;
  throw new RangeError(
    `Cannot recommend with model "${name}": the artifact has ${[...models.keys()].join(", ")}`,
  );
}
