import type { Profile } from "../../interactions/history.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";

/** What a history says about terms: the sum of its products' vectors, weighted by rating. */
export interface Taste {
  /** Ascending. */
  readonly terms: Uint32Array;
  readonly weights: Float64Array;
  /** The length of the vector; 1 if it has no terms. */
  readonly length: number;
}

/** Makes tastes of histories and compares them with products. */
export class Tastes {
  readonly #products: Csr;
  /** Zeros between calls, which then cost no memory. */
  readonly #dense: Float64Array;

  /** @param products Products × terms. */
  constructor(products: Csr) {
    this.#products = products;
    this.#dense = new Float64Array(products.columns);
  }

  of({ items, ratings }: Profile): Taste {
    const { indptr, indices, values } = this.#products, dense = this.#dense;
    const found: number[] = [];
    for (let i = 0; i < items.length; i++) {
      for (let p = indptr[items[i]]; p < indptr[items[i] + 1]; p++) {
        const part = ratings[i] * values[p];
        // A value may have been rounded to 0.
        if (part !== 0 && dense[indices[p]] === 0) found.push(indices[p]);
        dense[indices[p]] += part;
      }
    }
    const terms = Uint32Array.from(found).sort();
    const weights = Float64Array.from(terms, (term) => dense[term]);
    for (const term of terms) dense[term] = 0;
    return { terms, weights, length: Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0)) || 1 };
  }

  /**
   * Runs a function that is given t·v of single products, for a taste t and a product's vector v,
   * summed in the order of the terms; it is valid until the function ends.
   */
  compare<Result>(
    { terms, weights }: Taste,
    run: (similarityTo: (item: number) => number) => Result,
  ): Result {
    const { indptr, indices, values } = this.#products, dense = this.#dense;
    for (let i = 0; i < terms.length; i++) dense[terms[i]] = weights[i];
    const result = run((item) => {
      let sum = 0;
      for (let p = indptr[item], end = indptr[item + 1]; p < end; p++) {
        sum += dense[indices[p]] * values[p];
      }
      return sum;
    });
    for (const term of terms) dense[term] = 0;
    return result;
  }
}
