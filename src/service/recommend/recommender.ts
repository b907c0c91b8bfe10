import type { Artifact } from "../../artifact/load.ts";
import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import {
  type EventType,
  eventTypeOf,
  type EventWeights,
} from "../../interactions/event_weights.ts";
import { EMPTY_HISTORY, type History, withoutItems } from "../../interactions/history.ts";
import { markedItems, markItems } from "../../interactions/item_marks.ts";
import type { Ranked } from "../../linalg/top_k.ts";
import { type CompleteList, recommendedPart } from "../../models/completion/complete_list.ts";
import { rank, type RankOptions, rankScores } from "../../models/rank.ts";
import { categoryShares } from "../../models/reranking/category_shares.ts";
import { rerank } from "../../models/reranking/rerank.ts";
import type { Filters } from "../catalogue/filters.ts";
import { Products } from "../catalogue/products.ts";
import { boosted, boostScores } from "./boosted.ts";
import { type ArrivalBounds, boundArrivals, mostArrivals } from "./bounded_arrivals.ts";
import { explainCategories, explainList, type ShopNames } from "./explanations.ts";
import { type Filling, fillPlaces, userSupplements } from "./fill_places.ts";
import type { ModelsOfProducts } from "./live_content.ts";
import { LiveModels } from "./live_models.ts";
import { candidatesOf, type ListLimits, type Places, rankOptions } from "./rank_options.ts";
import {
  type Adjustment,
  describeInList,
  describeList,
  FALLBACK_SOURCE,
  type RecommendationList,
  type RecommendationRequest,
  type RecommendedProduct,
  skip,
  strategyOf,
} from "./recommendation.ts";

/** How many of the products disliked last lower those like them. */
const DISLIKES_COMPARED = 50;

/** The part of an artifact that a {@linkcode Recommender} makes lists from. */
export interface RecommendedArtifact extends ModelsOfProducts {
  readonly interactions: Pick<Artifact["interactions"], "itemIds" | "catalogue" | "evidence">;
  readonly manifest: Pick<Artifact["manifest"], "models" | "defaultModel" | "eventWeights">;
}

/**
 * Makes lists from an artifact and the product changes since: a user's recommendations, given
 * products in a user's order, and popular products. `SimilarProducts` finds what is like a product.
 */
export class Recommender implements ShopNames {
  readonly products: Products;
  readonly models: LiveModels;
  /** The model that training chose. */
  readonly defaultModel: string;
  readonly #eventWeights: EventWeights;

  constructor(artifact: RecommendedArtifact) {
    this.products = new Products(artifact.interactions);
    this.models = new LiveModels(artifact, this.products);
    this.defaultModel = artifact.manifest.defaultModel;
    this.#eventWeights = artifact.manifest.eventWeights;
  }

  /**
   * The best products for a history, by the model that {@linkcode LiveModels.modelFor} names.
   * Omits products that are out of stock or don't pass the filters.
   *
   * @throws {RangeError} If the artifact has no such model, or `k` is not a positive whole number.
   */
  recommend(events: History, request: RecommendationRequest = {}): RecommendationList {
    const { model: wanted = this.defaultModel, k = 10, offset = 0 } = request;
    const depth = k + offset;
    const disliked = this.#itemsOf(request.disliked);
    const history = withoutItems(events, new Set(disliked));
    const model = this.models.modelFor(wanted, history);
    const { diversity = 0, calibration = 0, shown } = request;
    const reranking = diversity > 0 || calibration > 0 || shown !== undefined ||
      disliked.length > 0;
    const candidates = reranking ? candidatesOf(depth) : depth;
    const options = this.#rankOptions({ ...request, depth });
    const { isBounded = true } = request;
    const ranked = this.#rank(history, { ...options, k: candidates }, {
      ...{ model, factors: request.factors },
      ...(isBounded && { bounds: { ...(reranking && { mostOfPool: mostArrivals(depth) }) } }),
    });
    const best = reranking
      ? this.#rerank(ranked, { model, history, disliked }, { ...request, depth })
      : ranked;
    const { factors, isCompleted } = request;
    const filling = { model, options, factors, isCompleted, isBounded };
    const whole = this.#complete(best, history, filling);
    const list = skip(whole, offset);
    const strategy = strategyOf(list, model);
    const explanations = request.explain
      ? explainList({
        ...{ list, recommended: best, model: this.models.named(model), history },
        estimated: this.models.estimatedAmong(model, history, best.indices),
      }, this)
      : [];
    const shares = calibration > 0
      ? explainCategories(whole, history, this.models.categories).slice(offset)
      : [];
    return {
      model: strategy === "popular" ? FALLBACK_MODEL : model,
      strategy,
      items: describeList(
        list,
        this.products,
        explanations.map((explanation, rank) => ({ ...explanation, ...shares[rank] })),
      ),
    };
  }

  /**
   * What a model recommends.
   *
   * @param bounds How many arrivals there are; see {@linkcode boundArrivals}. Default any number.
   */
  #rank(
    history: History,
    options: RankOptions & { k: number },
    { model, factors, bounds }: {
      readonly model: string;
      readonly factors?: Float32Array;
      readonly bounds?: Pick<ArrivalBounds, "mostOfPool">;
    },
  ): Ranked {
    const { buffer, uncertain } = this.models;
    const scorer = boosted(this.models.scorer(model), factors);
    const rankWithout = (hidden?: Uint32Array) =>
      recommendedPart(rank(scorer, history, { ...options, hidden, buffer }), scorer);
    return bounds
      ? boundArrivals(uncertain, { ...options, ...bounds }, rankWithout)
      : rankWithout(options.hidden);
  }

  /**
   * Orders products for a history, best first; those that neither the model nor popularity orders
   * are omitted. Products out of stock are ordered like the others.
   *
   * @param items Their item numbers, ascending, each once.
   * @throws {RangeError} If the artifact has no such model.
   */
  order(
    history: History,
    items: Uint32Array,
    { model: wanted = this.defaultModel }: { model?: string } = {},
  ): RecommendationList {
    const model = this.models.modelFor(wanted, history);
    if (items.length === 0) {
      return { model, strategy: model === FALLBACK_MODEL ? "popular" : "personalized", items: [] };
    }
    const options: RankOptions = {
      k: items.length,
      exclude: "none",
      hidden: markedItems(markItems(items, this.products.size), 0),
    };
    const scorer = this.models.scorer(model);
    const ranked = rank(scorer, history, { ...options, buffer: this.models.buffer });
    const best = recommendedPart(ranked, scorer);
    const list = this.#complete(best, history, { model, options });
    const strategy = strategyOf(list, model);
    return {
      model: strategy === "popular" ? FALLBACK_MODEL : model,
      strategy,
      items: describeList(list, this.products),
    };
  }

  /** Fills the places that a model leaves empty. */
  #complete(
    best: Ranked,
    history: History,
    { model, ...filling }: Omit<Filling, "models" | "supplementsOf"> & { readonly model: string },
  ): CompleteList {
    return model === FALLBACK_MODEL
      ? { ...best, sources: Array.from(best.indices, () => FALLBACK_SOURCE) }
      : fillPlaces(best, history, {
        ...{ models: this.models, supplementsOf: userSupplements },
        ...filling,
      });
  }

  /**
   * The most popular products.
   *
   * @param counts One number per product to rank by; products with 0 are omitted. Default the
   *   artifact's popularity.
   */
  popular(
    { k = 10, offset = 0, factors, ...filters }: Filters & Places & Adjustment,
    counts?: Float32Array,
  ): RecommendedProduct[] {
    const scores = counts?.map((count) => count > 0 ? count : -Infinity) ??
      this.models.score(FALLBACK_MODEL, EMPTY_HISTORY);
    boostScores(scores, factors);
    const options = this.#rankOptions({ depth: k + offset, ...filters });
    const { indices, scores: best } = rankScores(scores, EMPTY_HISTORY, options);
    return Array.from(
      indices.subarray(offset),
      (item, place) => describeInList(this.products, item, best[offset + place]),
    );
  }

  /** The length of a list and the items that it leaves out. */
  #rankOptions(limits: Omit<ListLimits, "purchaseWeight">): RankOptions {
    const purchaseWeight = this.#eventWeights.purchase;
    return rankOptions(this.products, { ...limits, purchaseWeight });
  }

  #rerank(
    ranked: Ranked,
    { model, history, disliked }: {
      model: string;
      history: History;
      disliked: readonly number[];
    },
    { depth, diversity = 0, calibration = 0, shown }: RecommendationRequest & { depth: number },
  ): Ranked {
    const { categories } = this.models;
    return rerank(ranked, {
      k: depth,
      diversity,
      ...(diversity > 0 && { similarity: this.models.similarity(model) }),
      ...(calibration > 0 && {
        calibration: {
          weight: calibration,
          shares: categoryShares(history, categories),
          categories,
        },
      }),
      timesShown: (item) => shown?.get(this.products.idAt(item)) ?? 0,
      ...(disliked.length > 0 && { dislike: this.#likeness(model, disliked) }),
    });
  }

  /** How similar an item is to the most similar of some others, from 0 to 1. */
  #likeness(model: string, others: readonly number[]): (item: number) => number {
    const similarity = this.models.similarity(model);
    const compared = others.slice(-DISLIKES_COMPARED);
    return (item) =>
      compared.reduce((most, other) => Math.min(1, Math.max(most, similarity(item, other))), 0);
  }

  #itemsOf(productIds: readonly string[] = []): number[] {
    return productIds.map((id) => this.products.indexOf(id)).filter((item) => item >= 0);
  }

  /** The id of a product. */
  productId(item: number): string {
    return this.products.idAt(item);
  }

  /** The type of event whose weight is nearest. */
  eventType(weight: number): EventType {
    return eventTypeOf(weight, this.#eventWeights);
  }
}
