import type { Artifact } from "../../artifact/load.ts";
import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import type { EventType, EventWeights } from "../../interactions/event_weights.ts";
import { EMPTY_HISTORY, type History } from "../../interactions/history.ts";
import { type Ranked, topK } from "../../linalg/top_k.ts";
import { explain } from "../../models/explain.ts";
import { type Exclude, hiddenItems, rankScores } from "../../models/recommend.ts";
import { failing, type Filters } from "../catalogue/filters.ts";
import { shortestDecimal } from "../../base/float32.ts";
import { CONTENT_MODEL, LiveModels } from "./live_models.ts";
import { type ProductFacts, Products } from "../catalogue/products.ts";
import { rerank } from "./rerank.ts";
import type { z } from "zod";
import type {
  contribution,
  explanation,
  recommendedProduct,
  sessionAnswer,
} from "../schema/answers.ts";
import type { Immutable } from "../schema/immutable.ts";
import type { recommendationOptions } from "../schema/lists.ts";

/** A product of a list. */
export type RecommendedProduct = Immutable<z.output<typeof recommendedProduct>>;

/** Why a product has its score: `base` and all contributions add up to it, the largest contribution first. */
export type ProductExplanation = Immutable<z.output<typeof explanation>>;

/** What one of the user's own events adds to a score. */
export type Contribution = Immutable<z.output<typeof contribution>>;

/** A list, best first, and the model that made it. */
export type RecommendationList = Immutable<z.output<typeof sessionAnswer>>;

/** The options of {@linkcode Recommender.recommend}. */
export type RecommendationRequest =
  & Immutable<
    z.input<z.ZodObject<ReturnType<typeof recommendationOptions>>>
  >
  & {
    /** How often each product was shown to the user lately, by id: demotes it. Default never. */
    readonly shown?: ReadonlyMap<string, number>;
  };

/** A list is made of so many times as many candidates, but not of fewer than {@linkcode FEWEST_CANDIDATES}. */
const CANDIDATES_PER_PLACE = 10;
const FEWEST_CANDIDATES = 100;

/** How products are ranked. */
type RankOptions = Filters & { k: number; exclude?: Exclude };

/** Of a smaller share of the products each is scored by itself. */
const FEW = 1 / 16;

/** Answers who should be recommended what, from an artifact and what the shop said since. */
export class Recommender {
  readonly products: Products;
  readonly models: LiveModels;
  readonly #defaultModel: string;
  readonly #eventWeights: EventWeights;

  constructor(artifact: Artifact) {
    this.products = new Products(artifact.interactions);
    this.models = new LiveModels(artifact, this.products);
    this.#defaultModel = artifact.manifest.defaultModel;
    this.#eventWeights = artifact.manifest.eventWeights;
  }

  /**
   * The best products for what somebody did, and what is popular where nothing is known. Products out of stock
   * and those that don't pass the filters are left out.
   *
   * @throws {RangeError} If the artifact has no such model, or `k` is not a positive whole number.
   */
  recommend(history: History, request: RecommendationRequest = {}): RecommendationList {
    const { model: wanted = this.#defaultModel, k = 10 } = request;
    const model = this.#canTell(wanted, history) ? wanted : FALLBACK_MODEL;
    const reranking = (request.diversity ?? 0) > 0 || request.shown !== undefined;
    const candidates = reranking ? Math.max(FEWEST_CANDIDATES, CANDIDATES_PER_PLACE * k) : k;
    const ranked = this.#rank(model, history, { ...request, k: candidates });
    const list = reranking ? this.#rerank(ranked, model, { ...request, k }) : ranked;
    const explanations = request.explain ? this.#explain(list, model, history) : [];
    return {
      model,
      strategy: model === FALLBACK_MODEL ? "popular" : "personalized",
      items: Array.from(list.indices, (item, rank) => ({
        ...this.#describe(item, list.scores[rank]),
        ...(request.explain && { explanation: explanations[rank] }),
      })),
    };
  }

  /**
   * The products most like one: by the cosine of the model's vectors, else by what the model recommends to
   * somebody who did nothing but look at it. For products that the model doesn't know, by what they are.
   *
   * @param item Its number.
   * @throws {RangeError} If the artifact has no such model, or `k` is not a positive whole number.
   */
  similar(
    item: number,
    { model: wanted = this.#defaultModel, k = 10, ...filters }: Filters & {
      model?: string;
      k?: number;
    } = {},
  ): Omit<RecommendationList, "strategy"> {
    const isKnown = item < this.models.named(wanted).itemCount;
    const model = isKnown && wanted !== FALLBACK_MODEL ? wanted : CONTENT_MODEL;
    const scores = this.#similarities(item, model);
    const ranked = this.#rankPassing(scores, this.#viewOf(item), { k, ...filters });
    return {
      model,
      items: Array.from(
        ranked.indices,
        (other, rank) => this.#describe(other, ranked.scores[rank]),
      ),
    };
  }

  /**
   * What is popular with everybody.
   *
   * @param counts One number per product to rank by; products of 0 are left out. Default the artifact's
   *   popularity.
   */
  popular(
    { k = 10, ...filters }: Filters & { k?: number },
    counts?: Float32Array,
  ): RecommendedProduct[] {
    const scores = counts?.map((count) => count > 0 ? count : -Infinity) ??
      this.models.score(FALLBACK_MODEL, EMPTY_HISTORY);
    const { indices, scores: best } = this.#rankPassing(scores, EMPTY_HISTORY, { k, ...filters });
    return Array.from(indices, (item, rank) => this.#describe(item, best[rank]));
  }

  /** Products in stock that pass the filters, best first; without scoring all where the model can do without. */
  #rank(name: string, history: History, wanted: RankOptions): Ranked {
    const { products } = this;
    const model = this.models.named(name);
    const left = failing(products, wanted);
    const own = hiddenItems(history, this.#exclusion(wanted));
    const passes = products.size - left.length;
    if (model.scoreSome && model.itemCount === products.size && passes < FEW * products.size) {
      const items = others(left, products.size).filter((item) => !own.includes(item));
      const { indices, scores } = topK(model.scoreSome(history, items), wanted.k);
      return { indices: indices.map((place) => items[place]), scores };
    }
    if (model.rankBatch) {
      const hidden = new Uint32Array(own.length + left.length);
      hidden.set(own);
      hidden.set(left, own.length);
      const [ranked] = model.rankBatch([history], [hidden], wanted.k);
      // What was added to the products stands behind all that the model knows.
      if (ranked.indices.length === wanted.k || model.itemCount === products.size) return ranked;
    }
    return this.#rankScores(this.models.score(name, history), left, history, wanted);
  }

  /** Products in stock that pass the filters, best first. */
  #rankPassing(scores: Float32Array, history: History, wanted: RankOptions): Ranked {
    return this.#rankScores(scores, failing(this.products, wanted), history, wanted);
  }

  #rankScores(
    scores: Float32Array,
    left: Uint32Array,
    history: History,
    wanted: RankOptions,
  ): Ranked {
    for (let i = 0; i < left.length; i++) scores[left[i]] = -Infinity;
    return rankScores(scores, history, { k: wanted.k, ...this.#exclusion(wanted) });
  }

  /** As the histories hold it, in 32 bits. */
  #exclusion({ exclude }: RankOptions): { exclude?: Exclude; purchaseWeight: number } {
    return { exclude, purchaseWeight: Math.fround(this.#eventWeights.purchase) };
  }

  #similarities(item: number, model: string): Float32Array {
    const own = this.#viewOf(item);
    if (!this.models.named(model).itemVectors) return this.models.score(model, own);
    const similarity = this.models.similarity(model);
    return Float32Array.from({ length: this.products.size }, (_, other) => similarity(item, other));
  }

  #viewOf(item: number): History {
    return {
      items: Uint32Array.of(item),
      weights: Float32Array.of(this.#eventWeights.view),
      times: Uint32Array.of(0),
    };
  }

  /** Popularity tells the same of everybody; other models need to know one of the products. */
  #canTell(model: string, { items }: History): boolean {
    const { itemCount } = this.models.named(model);
    return items.some((item) => item < itemCount);
  }

  #rerank(
    ranked: Ranked,
    model: string,
    { k, diversity = 0, shown }: RecommendationRequest & { k: number },
  ): Ranked {
    return rerank(ranked, {
      k,
      diversity,
      similarity: diversity > 0 ? this.models.similarity(model) : () => 0,
      timesShown: (item) => shown?.get(this.products.idAt(item)) ?? 0,
    });
  }

  #explain(list: Ranked, name: string, history: History): ProductExplanation[] {
    const model = this.models.named(name);
    const known = list.indices.filter((item) => item < model.itemCount);
    const explanations = explain(model, history, known);
    const byItem = new Map(Array.from(known, (item, i) => [item, explanations.items[i]]));
    return Array.from(list.indices, (item, rank) => {
      const { base, events } = byItem.get(item) ?? { base: list.scores[rank], events: [] };
      return {
        exact: explanations.exact && byItem.has(item),
        base: shortestDecimal(Math.fround(base)),
        because: Array.from(events, (part, event) => this.#contribution(history, event, part))
          .filter(({ contribution }) => contribution !== 0)
          .sort((a, b) => b.contribution - a.contribution),
      };
    });
  }

  #contribution({ items, weights, times }: History, event: number, part: number): Contribution {
    return {
      productId: this.products.idAt(items[event]),
      type: this.typeOf(weights[event]),
      time: new Date(1000 * times[event]).toISOString(),
      contribution: shortestDecimal(part),
    };
  }

  /** The kind of event that has a weight. */
  typeOf(weight: number): EventType {
    const types = Object.entries(this.#eventWeights) as [EventType, number][];
    const apart = ([, typical]: [EventType, number]) => Math.abs(typical - weight);
    return types.reduce((nearest, type) => apart(type) < apart(nearest) ? type : nearest)[0];
  }

  #describe(item: number, score: number): RecommendedProduct {
    const { productId, ...facts } = this.products.facts(item);
    return { productId, score: shortestDecimal(score), ...facts };
  }
}

/** The numbers below `size` that an ascending list lacks. */
function others(ascending: Uint32Array, size: number): Uint32Array {
  const others = new Uint32Array(size - ascending.length);
  for (let item = 0, at = 0, length = 0; item < size; item++) {
    if (ascending[at] === item) at++;
    else others[length++] = item;
  }
  return others;
}
