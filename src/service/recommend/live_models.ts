import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { EMPTY_HISTORY, type History } from "../../interactions/history.ts";
import { dotRows, rowOf } from "../../linalg/sparse/csr.ts";
import {
  categoryNumbers,
  createCategoryPopularity,
} from "../../models/completion/category_popularity.ts";
import type { Model } from "../../models/model.ts";
import { createPopularity } from "../../models/popularity.ts";
import type { Scorer } from "../../models/scoring/scorer.ts";
import { scoreItems } from "../../models/scoring/score_items.ts";
import type { Products } from "../catalogue/products.ts";
import { withEstimates } from "./estimated_scores.ts";
import { CONTENT_MODEL, LiveContent, type ModelsOfProducts } from "./live_content.ts";
import { UncertainProducts } from "./uncertain_products.ts";

/** What was made of the current products, and what it depends on. */
interface CategoryPopularity {
  readonly addedCounts: ReadonlyMap<number, number>;
  readonly descriptionSequence: number;
  readonly scorer: Scorer;
}

/**
 * An artifact's models over the current products. Models of behavior know nothing of products that
 * were added after training, and little of those that came shortly before it: their scores are at
 * least what those of the most similar other products say. `content` and `popularity` score them
 * like any other product.
 */
export class LiveModels {
  readonly content: LiveContent;
  readonly #artifact: ModelsOfProducts;
  readonly #products: Products;
  #buffer = new Float32Array(0);
  #categoryPopularity: CategoryPopularity | undefined;
  #popularity:
    | { readonly addedCounts: ReadonlyMap<number, number>; readonly scorer: Scorer }
    | undefined;
  #uncertain:
    | { readonly descriptionSequence: number; readonly products: UncertainProducts }
    | undefined;
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
    if (name === CONTENT_MODEL) return model;
    if (name === FALLBACK_MODEL) return this.#withAddedCounts(model);
    const { uncertain } = this;
    return uncertain.items.length === 0 ? model : withEstimates(model, uncertain);
  }

  /**
   * The name of the model that answers for a history: the one that was asked if it knows any of the
   * products; if all were added later, the one that knows them by their descriptions; without a
   * history, the fallback.
   *
   * @throws {RangeError} If the artifact has no such model.
   */
  modelFor(wanted: string, history: History): string {
    if (this.knowsAny(wanted, history)) return wanted;
    return history.items.length > 0 ? CONTENT_MODEL : FALLBACK_MODEL;
  }

  /**
   * Whether a model knows any product of a history.
   *
   * @throws {RangeError} If the artifact has no such model.
   */
  knowsAny(name: string, { items }: History): boolean {
    const { itemCount } = this.named(name);
    return items.some((item) => item < itemCount);
  }

  /** `popularity` with the counts of added products. */
  #withAddedCounts(model: Model): Scorer {
    const { addedCounts } = this;
    const { size, known } = this.#products;
    if (size === known) return model;
    const last = this.#popularity;
    if (last?.addedCounts === addedCounts && last.scorer.itemCount === size) return last.scorer;
    const counts = new Float32Array(size);
    model.score(EMPTY_HISTORY, counts.subarray(0, known));
    for (const [item, count] of addedCounts) counts[item] = count;
    const scorer = createPopularity(counts);
    this.#popularity = { addedCounts, scorer };
    return scorer;
  }

  /**
   * The items whose scores for a history are estimates: what the model says of them is less.
   *
   * @param items Numbers of current products.
   */
  estimatedAmong(name: string, history: History, items: Uint32Array): ReadonlySet<number> {
    if (name === CONTENT_MODEL || name === FALLBACK_MODEL) return new Set();
    const model = this.named(name);
    const unsure = items.filter((item) => this.uncertain.has(item));
    const newcomers = unsure.filter((item) => item < model.itemCount);
    if (newcomers.length === 0) return new Set(unsure);
    const own = scoreItems(model, history, newcomers);
    const current = scoreItems(this.scorer(name), history, newcomers);
    const asModeled = new Set(newcomers.filter((_, i) => own[i] === current[i]));
    return new Set(unsure.filter((item) => !asModeled.has(item)));
  }

  /** The products of which models know nothing or little. */
  get uncertain(): UncertainProducts {
    const { known, size, descriptionSequence } = this.#products;
    if (this.#uncertain?.descriptionSequence !== descriptionSequence) {
      const { evidence } = this.#artifact.interactions;
      const products = new UncertainProducts({
        ...{ known, size, evidence },
        standInsOf: (item) => this.content.standIns(item),
      });
      this.#uncertain = { descriptionSequence, products };
    }
    return this.#uncertain.products;
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
    this.uncertain.raise(similarities);
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
