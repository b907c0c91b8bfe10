import type { Artifact } from "../../artifact/load.ts";
import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import type { EventWeights } from "../../interactions/event_weights.ts";
import { EMPTY_HISTORY, type History } from "../../interactions/history.ts";
import type { Ranked } from "../../linalg/top_k.ts";
import { recommendedPart } from "../../models/completion/complete_list.ts";
import { rank, type RankOptions, rankScores } from "../../models/rank.ts";
import { fuseRanks } from "../../models/reranking/fuse_ranks.ts";
import { scoreItems } from "../../models/scoring/score_items.ts";
import type { Filters } from "../catalogue/filters.ts";
import type { Products } from "../catalogue/products.ts";
import { boosted, boostScores } from "./boosted.ts";
import { fillPlaces, similarSupplements } from "./fill_places.ts";
import { CONTENT_MODEL, type ModelsOfProducts } from "./live_content.ts";
import type { LiveModels } from "./live_models.ts";
import { candidatesOf, type Places, rankOptions } from "./rank_options.ts";
import { type Adjustment, describeList, type RecommendationList, skip } from "./recommendation.ts";

/** The most events of a product about whose neighbours its description says more. */
const FEW_EVENTS = 10;

/** The part of an artifact that {@linkcode SimilarProducts} reads by itself. */
export interface SimilarityArtifact extends Pick<ModelsOfProducts, "interactions"> {
  readonly manifest: Pick<Artifact["manifest"], "defaultModel" | "eventWeights">;
}

/** The options of a list of similar products. */
export interface SimilarRequest extends Filters, Places, Omit<Adjustment, "isBounded"> {
  /** Default the one that training chose. */
  readonly model?: string;
  /** What the user did for whom the list is. Default nobody's. */
  readonly history?: History;
}

/** Finds the products that are most similar to one or several. */
export class SimilarProducts {
  readonly #products: Products;
  readonly #models: LiveModels;
  readonly #defaultModel: string;
  readonly #eventWeights: EventWeights;
  readonly #evidence: SimilarityArtifact["interactions"]["evidence"];

  constructor(artifact: SimilarityArtifact, products: Products, models: LiveModels) {
    this.#products = products;
    this.#models = models;
    this.#defaultModel = artifact.manifest.defaultModel;
    this.#eventWeights = artifact.manifest.eventWeights;
    this.#evidence = artifact.interactions.evidence;
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
   * @throws {RangeError} If the artifact has no such model, or `k` is not a positive whole number.
   */
  list(
    items: readonly number[],
    { model: wanted = this.#defaultModel, k = 10, offset = 0, ...request }: SimilarRequest = {},
  ): Omit<RecommendationList, "strategy"> {
    const { factors, isCompleted, history = EMPTY_HISTORY, ...filters } = request;
    const models = this.#models;
    const { itemCount } = models.named(wanted);
    const isKnown = wanted !== FALLBACK_MODEL && items.every((item) => item < itemCount);
    const own = this.#viewOf(items);
    const depth = k + offset;
    const purchaseWeight = this.#eventWeights.purchase;
    const options = rankOptions(this.#products, { depth, purchaseWeight, ...filters });
    const isPersonal = history.items.length > 0;
    const candidates = isPersonal ? candidatesOf(depth) : depth;
    const likeThem = (model: string) =>
      this.#rank(model, items, { ...options, k: candidates }, factors);
    const described = isKnown && !items.every((item) => this.#hasFewEvents(item))
      ? undefined
      : likeThem(CONTENT_MODEL);
    // A product without a description is like none.
    const isDescribed = described !== undefined && (described.indices.length > 0 || !isKnown);
    const model = isDescribed ? CONTENT_MODEL : wanted;
    const ranked = isDescribed ? described : likeThem(wanted);
    const best = isPersonal
      ? fuseRanks(ranked, this.#scores(ranked, history, wanted), depth)
      : ranked;
    const supplementsOf = similarSupplements;
    const filling = { models, options, supplementsOf, factors, isCompleted };
    const list = skip(fillPlaces(best, own, filling), offset);
    return { model, items: describeList(list, this.#products) };
  }

  /** The products most similar to some, by a model. */
  #rank(
    model: string,
    items: readonly number[],
    options: RankOptions,
    factors: Float32Array | undefined,
  ): Ranked {
    const own = this.#viewOf(items);
    const similarities = this.#similarities(model, items);
    if (similarities) boostScores(similarities, factors);
    const scorer = boosted(this.#models.scorer(model), factors);
    return recommendedPart(
      similarities
        ? rankScores(similarities, own, options)
        : rank(scorer, own, { ...options, buffer: this.#models.buffer }),
      this.#models.named(model),
    );
  }

  #hasFewEvents(item: number): boolean {
    return this.#evidence !== undefined && this.#evidence.events[item] <= FEW_EVENTS;
  }

  /** What a model recommends to a user, of the products of a list; in its order. */
  #scores({ indices }: Ranked, history: History, wanted: string): Float32Array {
    const scorer = this.#models.scorer(this.#models.modelFor(wanted, history));
    return scoreItems(scorer, history, indices, this.#models.buffer);
  }

  /** Each product's similarities to some, added up; undefined if the model has no vectors. */
  #similarities(model: string, [first, ...others]: readonly number[]): Float32Array | undefined {
    const sum = this.#models.similarities(model, first);
    if (!sum) return undefined;
    for (const item of others) {
      const more = this.#models.similarities(model, item)!;
      for (let other = 0; other < sum.length; other++) sum[other] += more[other];
    }
    return sum;
  }

  /** The history of a user who only viewed some products. */
  #viewOf(items: readonly number[]): History {
    return {
      items: Uint32Array.from(items),
      weights: new Float32Array(items.length).fill(this.#eventWeights.view),
      times: new Uint32Array(items.length),
    };
  }
}
