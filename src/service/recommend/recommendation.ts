import type { z } from "zod";
import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { shortestDecimal } from "../../base/float32.ts";
import type { CompleteList, Source } from "../../models/completion/complete_list.ts";
import type { Products } from "../catalogue/products.ts";
import type { recommendedProduct, sessionAnswer } from "../schema/answers.ts";
import type { Immutable } from "../schema/immutable.ts";
import type { Purchase } from "../store/entries/user_states.ts";
import type { recommendationOptions } from "../schema/lists.ts";
import type { ProductExplanation } from "./explanations.ts";

/** A product of a list. */
export type RecommendedProduct = Immutable<z.output<typeof recommendedProduct>>;

/** A list, best first, and the model that made it. */
export type RecommendationList = Immutable<z.output<typeof sessionAnswer>>;

/** What placements and rules change about a list, whatever makes it. */
export interface Adjustment {
  /** One number per product, 0 for those that the list must not contain. Default all may be. */
  readonly allowed?: Uint8Array;
  /** One factor per product, see `boosted()`. Default 1. */
  readonly factors?: Float32Array;
  /** Whether other products take the places that the model leaves empty. Default true. */
  readonly isCompleted?: boolean;
  /** Whether `mostArrivals()` bounds products of which events say little. Default true. */
  readonly isBounded?: boolean;
}

/** The options of a list. */
export type RecommendationRequest =
  & Immutable<
    z.input<z.ZodObject<ReturnType<typeof recommendationOptions>>>
  >
  & Adjustment
  & {
    /** How often each product was recently shown to the user, by id: demotes it. Default never. */
    readonly shown?: ReadonlyMap<string, number>;
    /** Products bought before the history begins, omitted unless `exclude` is `none`. */
    readonly purchased?: readonly Pick<Purchase, "productId">[];
    /**
     * Products that the user dislikes: never listed, not counted as interest, and the more alike
     * others are, the lower they rank. Default none.
     */
    readonly disliked?: readonly string[];
    /** Products that the user hid: never listed. Default none. */
    readonly hidden?: readonly string[];
  };

/** Where the products of a list come from if the user's history says nothing. */
export const FALLBACK_SOURCE: Source = "popularity";

/**
 * How a list was made: whether the user's history or popularity filled it, or both.
 *
 * @param model The model that was asked.
 */
export function strategyOf(
  { sources }: CompleteList,
  model: string,
): RecommendationList["strategy"] {
  if (sources.length === 0) return model === FALLBACK_MODEL ? "popular" : "personalized";
  if (sources.every((source) => source === "model")) return "personalized";
  return sources.every((source) => source === FALLBACK_SOURCE) ? "popular" : "mixed";
}

/** A list without its first places. */
export function skip(list: CompleteList, places: number): CompleteList {
  if (places === 0) return list;
  return {
    indices: list.indices.subarray(places),
    scores: list.scores.subarray(places),
    sources: list.sources.slice(places),
  };
}

/** A product as lists have it. */
export function describeInList(
  products: Products,
  item: number,
  score: number,
): RecommendedProduct {
  const { productId, ...facts } = products.facts(item);
  return { productId, score: shortestDecimal(score), ...facts };
}

/**
 * The products of a list as answers have them.
 *
 * @param explanations One per place, or none.
 */
export function describeList(
  { indices, scores, sources }: CompleteList,
  products: Products,
  explanations: readonly ProductExplanation[] = [],
): RecommendedProduct[] {
  return Array.from(indices, (item, rank) => ({
    ...describeInList(products, item, scores[rank]),
    source: sources[rank],
    ...(rank < explanations.length && { explanation: explanations[rank] }),
  }));
}
