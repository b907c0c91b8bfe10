import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { EMPTY_HISTORY, type History } from "../../interactions/history.ts";
import { dotRows, rowOf } from "../../linalg/sparse/csr.ts";
import { mergeRanked, type Ranked, topK } from "../../linalg/top_k.ts";
import {
  categoryNumbers,
  createCategoryPopularity,
} from "../../models/completion/category_popularity.ts";
import type { Model } from "../../models/model.ts";
import type { Scorer } from "../../models/scoring/scorer.ts";
import { scoreItems } from "../../models/scoring/score_items.ts";
import type { Products } from "../catalogue/products.ts";
import { estimateScore } from "./added_products.ts";
import { CONTENT_MODEL, LiveContent, type ModelsOfProducts } from "./live_content.ts";

/** What was made of the current products, and what it depends on. */
interface CategoryPopularity {
  readonly addedCounts: ReadonlyMap<number, number>;
  readonly descriptionSequence: number;
  readonly scorer: Scorer;
}

/** The known products whose scores those of added products are estimated from. */
interface NeededScores {
  readonly descriptionSequence: number;
  /** Their numbers, each once. */
  readonly known: Uint32Array;
  /** By the number of a known product: its place among them, if it is one. */
  readonly places: Uint32Array;
}

/**
 * An artifact's models over the current products. Models of behavior don't know products that were
 * added after training: their scores are estimated from those of the most similar known products.
 * `content` and `popularity` score them like any other product.
 */
export class LiveModels {
  readonly content: LiveContent;
  readonly #artifact: ModelsOfProducts;
  readonly #products: Products;
  #buffer = new Float32Array(0);
  #categoryPopularity: CategoryPopularity | undefined;
  #needed: NeededScores | undefined;
  #categories: { readonly descriptionSequence: number; readonly numbers: Uint32Array } | undefined;
  /**
   * The summed weights of recent events with products that the artifact doesn't know, by item
   * number.
   */
  addedCounts: ReadonlyMap<number, number> = new Map();

  constructor(artifact: ModelsOfProducts, products: Products) {
    this.#artifact = artifact;
    this.#products = products;
    this.content = new LiveContent(artifact, products);
  }

  /**
   * A model by name. It may know fewer products than there are now.
   *
   * @throws {RangeError} If the artifact has no such model.
   */
  named(name: string): Model {
    if (name === CONTENT_MODEL) return this.content.model;
    const { models } = this.#artifact;
    const model = models.get(name);
    if (model) return model;
    throw new RangeError(
      `Cannot recommend with model "${name}": the artifact has ${[...models.keys()].join(", ")}`,
    );
  }

  /**
   * A model by name, as a scorer of all current products.
   *
   * @throws {RangeError} If the artifact has no such model.
   */
  scorer(name: string): Scorer {
    const model = this.named(name);
    const { size, known } = this.#products;
    if (model.itemCount === size) return model;
    const added = Uint32Array.from({ length: size - known }, (_, i) => known + i);
    return {
      itemCount: size,
      noSignal: model.noSignal,
      score: (history, scores) => {
        model.score(history, scores.subarray(0, known));
        scores.set(this.#estimate(name, added, (item) => scores[item]), known);
      },
      ...(model.scoreSome && {
        scoreSome: (history, items) => {
          const isAdded = (item: number) => item >= known;
          const ofAdded = this.#scoreAdded(name, items.filter(isAdded), history);
          const ofKnown = model.scoreSome!(history, items.filter((item) => !isAdded(item)));
          let k = 0, a = 0;
          return Float32Array.from(items, (item) => isAdded(item) ? ofAdded[a++] : ofKnown[k++]);
        },
      }),
      ...(model.rankBatch && {
        rankBatch: (histories, hidden, k) =>
          model.rankBatch!(histories, hidden, k).map((list, i) => {
            const items = without(added, hidden[i], known);
            return mergeRanked(list, this.#rankAdded(name, items, histories[i], k), k);
          }),
      }),
    };
  }

  /** The best of some added products for one user. */
  #rankAdded(name: string, items: Uint32Array, history: History, k: number): Ranked {
    const { indices, scores } = topK(this.#scoreAdded(name, items, history), k);
    return { indices: indices.map((place) => items[place]), scores };
  }

  #scoreAdded(name: string, items: Uint32Array, history: History): Float32Array {
    if (name === FALLBACK_MODEL) return this.#estimate(name, items, () => 0);
    const { known, places } = this.#neededScores;
    const scores = scoreItems(this.named(name), history, known);
    return this.#estimate(name, items, (item) => scores[places[item]]);
  }

  /** The stand-ins of all added products, each once, and the place of each among them. */
  get #neededScores(): NeededScores {
    const { known, size, descriptionSequence } = this.#products;
    if (this.#needed?.descriptionSequence !== descriptionSequence) {
      const needed = new Set<number>();
      for (let item = known; item < size; item++) {
        for (const other of this.content.standIns(item)) needed.add(other);
      }
      const places = new Uint32Array(known);
      let place = 0;
      for (const item of needed) places[item] = place++;
      this.#needed = { descriptionSequence, known: Uint32Array.from(needed), places };
    }
    return this.#needed;
  }

  /**
   * The scores of added products: for `popularity` their counts, for other models estimates;
   * `-Infinity` for those that are like no known product.
   *
   * @param scoreOf The score of a known product.
   */
  #estimate(name: string, items: Uint32Array, scoreOf: (item: number) => number): Float32Array {
    return Float32Array.from(
      items,
      name === FALLBACK_MODEL
        ? (item) => this.addedCounts.get(item) ?? 0
        : (item) => estimateScore(this.content.standIns(item), scoreOf),
    );
  }

  /** The category of every current product, as {@linkcode categoryNumbers} numbers them. */
  get categories(): Uint32Array {
    const { catalogue, descriptionSequence } = this.#products;
    if (this.#categories?.descriptionSequence !== descriptionSequence) {
      this.#categories = { descriptionSequence, numbers: categoryNumbers(catalogue) };
    }
    return this.#categories!.numbers;
  }

  /** What is popular in the categories of a history, among the current products. */
  get categoryPopularity(): Scorer {
    const { addedCounts } = this;
    const { descriptionSequence } = this.#products;
    const last = this.#categoryPopularity;
    if (last?.addedCounts === addedCounts && last.descriptionSequence === descriptionSequence) {
      return last.scorer;
    }
    const counts = this.score(FALLBACK_MODEL, EMPTY_HISTORY).slice();
    const scorer = createCategoryPopularity(counts, this.categories);
    this.#categoryPopularity = { addedCounts, descriptionSequence, scorer };
    return scorer;
  }

  /** The score of every current product. The array is reused by the next call. */
  score(name: string, history: History): Float32Array {
    const { buffer } = this;
    this.scorer(name).score(history, buffer);
    return buffer;
  }

  /** Memory for one score per current product, reused by all calls. */
  get buffer(): Float32Array {
    const { size } = this.#products;
    if (this.#buffer.length !== size) this.#buffer = new Float32Array(size);
    return this.#buffer;
  }

  /**
   * The similarity of a product to every current one by a model's vectors; for added ones it is
   * estimated like a score. Undefined if the model has no vectors.
   */
  similarities(name: string, item: number): Float32Array | undefined {
    const { itemVectors, itemCount } = this.named(name);
    if (!itemVectors) return undefined;
    const cosine = cosines(itemVectors);
    const similarities = new Float32Array(this.#products.size);
    for (let other = 0; other < itemCount; other++) similarities[other] = cosine(item, other);
    for (let other = itemCount; other < similarities.length; other++) {
      similarities[other] = estimateScore(this.content.standIns(other), (i) => similarities[i]);
    }
    return similarities;
  }

  /**
   * The similarity of two products: the cosine of a model's vectors or, if it has none, of their
   * terms.
   */
  similarity(name: string): (a: number, b: number) => number {
    const model = this.named(name);
    const vectors = model.itemVectors;
    const { terms } = this.content;
    const byTerms = (a: number, b: number) => dotRows(rowOf(terms, a), rowOf(terms, b));
    if (!vectors) return byTerms;
    const cosine = cosines(vectors);
    return (a, b) => Math.max(a, b) < model.itemCount ? cosine(a, b) : byTerms(a, b);
  }
}

/** The added products that aren't hidden; `known` is the number of the first. */
function without(added: Uint32Array, hidden: Uint32Array, known: number): Uint32Array {
  const isHidden = new Uint8Array(added.length);
  for (let i = 0; i < hidden.length; i++) {
    if (hidden[i] >= known) isHidden[hidden[i] - known] = 1;
  }
  return added.filter((item) => isHidden[item - known] === 0);
}

/** The cosine of two rows; 0 if one of them is all zeros. */
function cosines(
  { data, width }: { readonly data: Float32Array; readonly width: number },
): (a: number, b: number) => number {
  const product = (a: number, b: number): number => {
    let sum = 0;
    for (let f = 0; f < width; f++) sum += data[a * width + f] * data[b * width + f];
    return sum;
  };
  return (a, b) => product(a, b) / (Math.sqrt(product(a, a) * product(b, b)) || 1);
}
