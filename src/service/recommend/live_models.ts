import type { Artifact } from "../../artifact/load.ts";
import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import type { History } from "../../interactions/history.ts";
import { type Csr, dotRows, rowOf, withRows } from "../../linalg/sparse/csr.ts";
import { content, createContent } from "../../models/content.ts";
import type { Model } from "../../models/model.ts";
import { createTermSpace, type TermSpace } from "../../models/content/product_terms.ts";
import type { Products } from "../catalogue/products.ts";

/** The model that knows products by what is said of them. */
export const CONTENT_MODEL = content.name;

/**
 * An artifact's models over the products as they are now. What the models of behaviour never saw they can't
 * score: such products stand behind all others, those first that are most like what the user had. `content`
 * and `popularity` score them as any other.
 */
export class LiveModels {
  readonly #artifact: Artifact;
  readonly #products: Products;
  #space: TermSpace | undefined;
  #content: { readonly sequence: number; readonly rows: Csr; readonly model: Model } | undefined;
  #buffer = new Float32Array(0);
  /** What happened to products that the artifact doesn't know, by number: the sum of the weights. */
  addedCounts: ReadonlyMap<number, number> = new Map();

  constructor(artifact: Artifact, products: Products) {
    this.#artifact = artifact;
    this.#products = products;
  }

  /**
   * A model by name, as it scores now. Its item count may be smaller than the number of products.
   *
   * @throws {RangeError} If there is none.
   */
  named(name: string): Model {
    const { models } = this.#artifact;
    const model = models.get(name);
    if (name === CONTENT_MODEL && (!model || this.#products.changed.size > 0)) {
      return this.#currentContent().model;
    }
    if (model) return model;
    throw new RangeError(
      `Cannot recommend with model "${name}": the artifact has ${[...models.keys()].join(", ")}`,
    );
  }

  /** The score of every product. The array is reused by the next call. */
  score(name: string, history: History): Float32Array {
    const { size, known } = this.#products;
    if (this.#buffer.length !== size) this.#buffer = new Float32Array(size);
    const scores = this.#buffer;
    const model = this.named(name);
    model.score(history, scores.subarray(0, model.itemCount));
    if (model.itemCount === size) return scores;
    if (name === FALLBACK_MODEL) {
      for (let item = known; item < size; item++) scores[item] = this.addedCounts.get(item) ?? 0;
    } else {
      this.#scoreAdded(history, scores);
    }
    return scores;
  }

  /** Below the lowest score by 1 for what is nothing like the history, by 0 for what is its like. */
  #scoreAdded(history: History, scores: Float32Array): void {
    const { size, known } = this.#products;
    let lowest = Infinity;
    for (let item = 0; item < known; item++) lowest = Math.min(lowest, scores[item]);
    const likeness = new Float32Array(size);
    this.#currentContent().model.score(history, likeness);
    for (let item = known; item < size; item++) scores[item] = lowest - 1 + likeness[item];
  }

  /** Products × terms, as they are now. */
  get terms(): Csr {
    return this.#currentContent().rows;
  }

  /** How alike two products are: the cosine of a model's vectors, or of their terms where it has none. */
  similarity(name: string): (a: number, b: number) => number {
    const model = this.named(name);
    const vectors = model.itemVectors;
    const { terms } = this;
    const byTerms = (a: number, b: number) => dotRows(rowOf(terms, a), rowOf(terms, b));
    if (!vectors) return byTerms;
    const cosine = cosines(vectors);
    return (a, b) => Math.max(a, b) < model.itemCount ? cosine(a, b) : byTerms(a, b);
  }

  /** Describing the products takes a moment, so it waits until somebody needs it. */
  #currentContent(): { readonly rows: Csr; readonly model: Model } {
    const { catalogue, changed, sequence, size } = this.#products;
    if (this.#content?.sequence === sequence) return this.#content;
    this.#space ??= createTermSpace(this.#artifact.interactions.catalogue, this.#priceBands());
    const space = this.#space;
    const given = new Map(
      Array.from(changed, (item) => [item, space.describe(catalogue, item)] as const),
    );
    const rows = withRows(space.products, size, given);
    this.#content = { sequence, rows, model: createContent(rows) };
    return this.#content;
  }

  #priceBands(): number {
    const { options } = this.#artifact.manifest.models.find(({ name }) => name === CONTENT_MODEL) ??
      {};
    return typeof options?.priceBands === "number"
      ? options.priceBands
      : content.defaults.priceBands;
  }
}

/** The cosine of two rows; 0 where one of them is all zeros. */
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
