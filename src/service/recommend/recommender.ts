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
import {
  type CompleteList,
  completeList,
  recommendedPart,
  type Supplement,
} from "../../models/completion/complete_list.ts";
import {
  explainCategories,
  explainList,
  type ProductExplanation,
  type ShopNames,
} from "./explanations.ts";
import { type Exclude, rank, type RankOptions, rankScores } from "../../models/rank.ts";
import { categoryShares } from "../../models/reranking/category_shares.ts";
import { fuseRanks } from "../../models/reranking/fuse_ranks.ts";
import { rerank } from "../../models/reranking/rerank.ts";
import { scoreItems } from "../../models/scoring/score_items.ts";
import type { Filters } from "../catalogue/filters.ts";
import { hiddenProducts } from "../catalogue/hidden_products.ts";
import { shortestDecimal } from "../../base/float32.ts";
import { boosted, boostScores } from "./boosted.ts";
import {
  type ArrivalBounds,
  boundArrivals,
  mostArrivals,
  withoutArrivals,
} from "./bounded_arrivals.ts";
import { CONTENT_MODEL, type ModelsOfProducts } from "./live_content.ts";
import { LiveModels } from "./live_models.ts";
import { Products } from "../catalogue/products.ts";
import {
  type Adjustment,
  FALLBACK_SOURCE,
  type RecommendationList,
  type RecommendationRequest,
  type RecommendedProduct,
  strategyOf,
} from "./recommendation.ts";
import { similarSupplements, supplements } from "./supplements.ts";

/** A list is reranked from 10 times as many candidates, at least {@linkcode MIN_CANDIDATES}. */
const CANDIDATES_PER_PLACE = 10;
const MIN_CANDIDATES = 100;

/** The most events of a product about whose neighbours its description says more. */
const FEW_EVENTS = 10;

/** How many of the products disliked last lower those like them. */
const DISLIKES_COMPARED = 50;

/** The part of an artifact that a {@linkcode Recommender} makes lists from. */
export interface RecommendedArtifact extends ModelsOfProducts {
  readonly interactions: Pick<Artifact["interactions"], "itemIds" | "catalogue" | "evidence">;
  readonly manifest: Pick<Artifact["manifest"], "models" | "defaultModel" | "eventWeights">;
}

type ListRequest =
  & Filters
  & Pick<Adjustment, "allowed">
  & { depth: number; exclude?: Exclude }
  & Pick<RecommendationRequest, "purchased" | "disliked" | "hidden">;

/** How the places that a model leaves empty are filled. */
interface Filling extends Pick<Adjustment, "factors" | "isCompleted" | "isBounded"> {
  readonly options: RankOptions;
}

/** Which places of the ranking a list has. */
interface Places {
  readonly k?: number;
  readonly offset?: number;
}

/** From how many products a list of some places is chosen. */
function candidatesOf(places: number): number {
  return Math.max(MIN_CANDIDATES, CANDIDATES_PER_PLACE * places);
}

/** A list without its first places. */
function skip({ indices, scores, sources }: CompleteList, places: number): CompleteList {
  if (places === 0) return { indices, scores, sources };
  return {
    indices: indices.subarray(places),
    scores: scores.subarray(places),
    sources: sources.slice(places),
  };
}

/** Makes lists of products from an artifact and the product changes since. */
export class Recommender implements ShopNames {
  readonly products: Products;
  readonly models: LiveModels;
  /** The model that training chose. */
  readonly defaultModel: string;
  readonly #eventWeights: EventWeights;
  readonly #evidence: RecommendedArtifact["interactions"]["evidence"];

  constructor(artifact: RecommendedArtifact) {
    this.products = new Products(artifact.interactions);
    this.models = new LiveModels(artifact, this.products);
    this.defaultModel = artifact.manifest.defaultModel;
    this.#eventWeights = artifact.manifest.eventWeights;
    this.#evidence = artifact.interactions.evidence;
  }

  /**
   * The best products for a history, by the model that {@linkcode Recommender.modelFor} names.
   * Omits products that are out of stock or don't pass the filters.
   *
   * @throws {RangeError} If the artifact has no such model, or `k` is not a positive whole number.
   */
  recommend(events: History, request: RecommendationRequest = {}): RecommendationList {
    const { model: wanted = this.defaultModel, k = 10, offset = 0 } = request;
    const depth = k + offset;
    const disliked = this.#itemsOf(request.disliked);
    const history = withoutItems(events, new Set(disliked));
    const model = this.modelFor(history, wanted);
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
      items: this.#describeAll(
        list,
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

  #describeAll(
    { indices, scores, sources }: CompleteList,
    explanations: readonly ProductExplanation[] = [],
  ): RecommendedProduct[] {
    return Array.from(indices, (item, rank) => ({
      ...this.describe(item, scores[rank]),
      source: sources[rank],
      ...(rank < explanations.length && { explanation: explanations[rank] }),
    }));
  }

  /**
   * The products most similar to one or several: by the cosine of the model's vectors, added up,
   * or, if it has none, by what it recommends to a user who only viewed those products. By their
   * descriptions, where the model doesn't know one of them or has seen at most ten events of each:
   * of 4,566 next products of a simulated month, ten that were like such a product had 15 to 18%,
   * by the vectors of `als` 3 to 6%, by `session_knn` 4 to 8% (`deno task bench:similar`).
   *
   * For a user, the candidates are ordered by that and by what the model recommends to them alike,
   * see {@linkcode fuseRanks}.
   *
   * @param items The products' item numbers, at least one.
   * @param options `history`: what the user did. Default nobody's.
   * @throws {RangeError} If the artifact has no such model, or `k` is not a positive whole number.
   */
  similar(
    items: readonly number[],
    { model: wanted = this.defaultModel, k = 10, offset = 0, ...request }:
      & Filters
      & Places
      & Adjustment
      & { model?: string; history?: History } = {},
  ): Omit<RecommendationList, "strategy"> {
    const { factors, isCompleted, history = EMPTY_HISTORY, ...filters } = request;
    const { itemCount } = this.models.named(wanted);
    const isKnown = wanted !== FALLBACK_MODEL && items.every((item) => item < itemCount);
    const own = this.#viewOf(items);
    const options = this.#rankOptions({ depth: k + offset, ...filters });
    const isPersonal = history.items.length > 0;
    const candidates = isPersonal ? candidatesOf(k + offset) : k + offset;
    const likeThem = (model: string) =>
      this.#rankSimilar(model, items, { ...options, k: candidates }, factors);
    const described = isKnown && !items.every((item) => this.#hasFewEvents(item))
      ? undefined
      : likeThem(CONTENT_MODEL);
    // A product without a description is like none.
    const isDescribed = described !== undefined && (described.indices.length > 0 || !isKnown);
    const model = isDescribed ? CONTENT_MODEL : wanted;
    const ranked = isDescribed ? described : likeThem(wanted);
    const best = isPersonal
      ? fuseRanks(ranked, this.#scores(ranked, history, wanted), k + offset)
      : ranked;
    const list = this.#fill(best, own, { options, factors, isCompleted }, similarSupplements);
    return { model, items: this.#describeAll(skip(list, offset)) };
  }

  /** The products most similar to some, by a model. */
  #rankSimilar(
    model: string,
    items: readonly number[],
    options: RankOptions,
    factors: Float32Array | undefined,
  ): Ranked {
    const own = this.#viewOf(items);
    const similarities = this.#similarities(model, items);
    if (similarities) boostScores(similarities, factors);
    const scorer = boosted(this.models.scorer(model), factors);
    return recommendedPart(
      similarities
        ? rankScores(similarities, own, options)
        : rank(scorer, own, { ...options, buffer: this.models.buffer }),
      this.models.named(model),
    );
  }

  #hasFewEvents(item: number): boolean {
    return this.#evidence !== undefined && this.#evidence.events[item] <= FEW_EVENTS;
  }

  /** What a model recommends to a user, of the products of a list; in its order. */
  #scores({ indices }: Ranked, history: History, wanted: string): Float32Array {
    const scorer = this.models.scorer(this.modelFor(history, wanted));
    return scoreItems(scorer, history, indices, this.models.buffer);
  }

  /** Each product's similarities to some, added up; undefined if the model has no vectors. */
  #similarities(model: string, [first, ...others]: readonly number[]): Float32Array | undefined {
    const sum = this.models.similarities(model, first);
    if (!sum) return undefined;
    for (const item of others) {
      const more = this.models.similarities(model, item)!;
      for (let other = 0; other < sum.length; other++) sum[other] += more[other];
    }
    return sum;
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
    const model = this.modelFor(history, wanted);
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
      items: this.#describeAll(list),
    };
  }

  /** Fills the places that a model leaves empty. */
  #complete(
    best: Ranked,
    history: History,
    { model, ...filling }: Filling & { model: string },
  ): CompleteList {
    return model === FALLBACK_MODEL
      ? { ...best, sources: Array.from(best.indices, () => FALLBACK_SOURCE) }
      : this.#fill(best, history, filling, supplements);
  }

  #fill(
    best: Ranked,
    history: History,
    { options, factors, isCompleted = true, isBounded = false }: Filling,
    supplementsOf: (models: LiveModels) => Iterable<Supplement>,
  ): CompleteList {
    const { models } = this;
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
      (item, place) => this.describe(item, best[offset + place]),
    );
  }

  /**
   * The length of a list and the items that it leaves out: the user's own, those out of stock,
   * those filtered out.
   */
  #rankOptions(
    { depth, exclude, purchased = [], disliked = [], hidden = [], allowed, ...filters }:
      ListRequest,
  ): RankOptions {
    const bought = exclude === "none" ? [] : purchased.map(({ productId }) => productId);
    const omitted = [...bought, ...disliked, ...hidden];
    const not = omitted.length > 0 ? [...filters.not ?? [], ...omitted] : filters.not;
    return {
      k: depth,
      exclude,
      purchaseWeight: this.#eventWeights.purchase,
      hidden: hiddenProducts(this.products, { ...filters, not }, allowed),
    };
  }

  #viewOf(items: readonly number[]): History {
    return {
      items: Uint32Array.from(items),
      weights: new Float32Array(items.length).fill(this.#eventWeights.view),
      times: new Uint32Array(items.length),
    };
  }

  /**
   * The model that answers for a history: the one that was asked if it knows any of the products;
   * if all were added later, the one that knows them by their descriptions; without a history, the
   * fallback.
   *
   * @param wanted Default the one that training chose.
   * @throws {RangeError} If the artifact has no such model.
   */
  modelFor(history: History, wanted = this.defaultModel): string {
    if (this.knowsAny(history, wanted)) return wanted;
    return history.items.length > 0 ? CONTENT_MODEL : FALLBACK_MODEL;
  }

  /**
   * Whether a model knows any product of a history.
   *
   * @param model Default the one that training chose.
   * @throws {RangeError} If the artifact has no such model.
   */
  knowsAny({ items }: History, model = this.defaultModel): boolean {
    const { itemCount } = this.models.named(model);
    return items.some((item) => item < itemCount);
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

  /** A product as lists have it. */
  describe(item: number, score: number): RecommendedProduct {
    const { productId, ...facts } = this.products.facts(item);
    return { productId, score: shortestDecimal(score), ...facts };
  }
}
