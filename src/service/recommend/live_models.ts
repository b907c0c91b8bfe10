import type { Artifact } from "../../artifact/load.ts";
import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import type { History } from "../../interactions/history.ts";
import { type Csr, dotRows, rowOf, withRows } from "../../linalg/sparse/csr.ts";
import { content, createContent } from "../../models/content.ts";
import type { Model, Scorer } from "../../models/model.ts";
import { rank } from "../../models/rank.ts";
import { createTermSpace, type TermSpace } from "../../models/content/product_terms.ts";
import type { Products } from "../catalogue/products.ts";

/** The model that knows products by their descriptions. */
export const CONTENT_MODEL = content.name;

/**
 * An artifact's models over the current products. Models of behavior can't score products that were
 * added after training: those rank behind all others, the ones most similar to the user's history
 * first. `content` and `popularity` score them like any other product.
 */
export class LiveModels {
  readonly #artifact: Artifact;
  readonly #products: Products;
  #space: TermSpace | undefined;
  #content: { readonly sequence: number; readonly rows: Csr; readonly model: Model } | undefined;
  #buffer = new Float32Array(0);
  /**
   * The summed weights of recent events with products that the artifact doesn't know, by item
   * number.
   */
  addedCounts: ReadonlyMap<number, number> = new Map();

  constructor(artifact: Artifact, products: Products) {
    this.#artifact = artifact;
    this.#products = products;
  }

  /**
   * A model by name. It may know fewer products than there are now.
   *
   * @throws {RangeError} If the artifact has no such model.
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

  /**
   * A model by name, as a scorer of all current products.
   *
   * @throws {RangeError} If the artifact has no such model.
   */
  scorer(name: string): Scorer {
    const model = this.named(name);
    const { size } = this.#products;
    if (model.itemCount === size) return model;
    const scoreAll: Scorer = {
      itemCount: size,
      score: (history, scores) => {
        model.score(history, scores.subarray(0, model.itemCount));
        if (name === FALLBACK_MODEL) this.#countAdded(scores);
        else this.#scoreAdded(history, scores);
      },
    };
    return {
      ...scoreAll,
      // Added products rank behind those that the model knows, which fill most lists; those of
      // `popularity` do so here as well, whatever their counts.
      ...(model.rankBatch && {
        rankBatch: (histories, hidden, k) =>
          model.rankBatch!(histories, hidden, k).map((list, i) => {
            if (list.indices.length === k) return list;
            const { buffer } = this;
            return rank(scoreAll, histories[i], { k, exclude: "none", hidden: hidden[i], buffer });
          }),
      }),
    };
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

  #countAdded(scores: Float32Array): void {
    const { size, known } = this.#products;
    for (let item = known; item < size; item++) scores[item] = this.addedCounts.get(item) ?? 0;
  }

  /**
   * The lowest score of the known products, minus 1 for no similarity to the history and 0 for full
   * similarity.
   */
  #scoreAdded(history: History, scores: Float32Array): void {
    const { size, known } = this.#products;
    let lowest = Infinity;
    for (let item = 0; item < known; item++) lowest = Math.min(lowest, scores[item]);
    const similarity = new Float32Array(size);
    this.#currentContent().model.score(history, similarity);
    for (let item = known; item < size; item++) scores[item] = lowest - 1 + similarity[item];
  }

  /** Current products × terms. */
  get terms(): Csr {
    return this.#currentContent().rows;
  }

  /**
   * The similarity of two products: the cosine of a model's vectors or, if it has none, of their
   * terms.
   */
  similarity(name: string): (a: number, b: number) => number {
    const model = this.named(name);
    const vectors = model.itemVectors;
    const { terms } = this;
    const byTerms = (a: number, b: number) => dotRows(rowOf(terms, a), rowOf(terms, b));
    if (!vectors) return byTerms;
    const cosine = cosines(vectors);
    return (a, b) => Math.max(a, b) < model.itemCount ? cosine(a, b) : byTerms(a, b);
  }

  /** Describing all products is slow, so it is done on first use after a change. */
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
