import { InputError } from "../base/input_error.ts";
import { type Profile, profileOf } from "../interactions/history.ts";
import { type Csr, rowOf } from "../linalg/sparse/csr.ts";
import { csrFromTensors, csrToTensors, unpackCsr } from "../linalg/sparse/packed_csr.ts";
import { type DescriptionIndex, indexDescriptions } from "./content/description_index.ts";
import { productTerms } from "./content/product_terms.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import { shareAmongEvents } from "./explain.ts";
import type { Model } from "./model.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { whole } from "./options/option.ts";
import { sparseScorer } from "./scoring/sparse_scorer.ts";

const options = {
  priceBands: whole(10, {
    min: 1,
    search: [1, 5, 10, 20],
    meaning: "Number of price bands, each with the same number of products; a band is one term",
  }),
};

/** How {@linkcode content} describes a product. */
export type ContentOptions = OptionsOf<typeof options>;

/**
 * Products like those that a user liked, by their attributes: the category's path and number, the
 * brand, the price band, and the words of the title where a shop has titles. A product's score is
 * the cosine between its TF-IDF vector and the sum of the history's vectors, weighted by rating.
 * The only model that can recommend products without events.
 *
 * Fitting takes time and memory linear in the terms of all products, about five to ten per product;
 * scoring takes time linear in the descriptions that share a term with the history, and in their
 * products.
 */
export const content = defineAlgorithm({
  name: "content",
  description: "Products with similar category, brand, price and title",
  options,

  fit({ catalogue }, { priceBands }) {
    if (!catalogue) {
      throw new InputError(
        "Cannot fit content: nothing is known about the products but their ids; " +
          "omit this model",
      );
    }
    return createContent(productTerms(catalogue, priceBands));
  },
  fromTensors: (tensors) => createContent(unpackCsr(csrFromTensors(tensors))),
});

/** Products of which some have changed since they were indexed. */
export interface IndexedProducts {
  /** The index of their former descriptions. */
  readonly index: () => DescriptionIndex;
  /** The products whose descriptions differ from those, and those added since; each once. */
  readonly changed: Uint32Array;
}

/**
 * The model for products whose terms are known.
 *
 * @param products Products × terms, rows of length 1 or empty.
 * @param indexed The index of an earlier state of these products, to be reused. Default one that is
 * made on first use.
 */
export function createContent(products: Csr, indexed?: IndexedProducts): Model {
  const { rows: itemCount, columns } = products;
  const changed = indexed?.changed ?? new Uint32Array(0);
  const isChanged = new Uint8Array(itemCount);
  for (const item of changed) isChanged[item] = 1;
  let index: DescriptionIndex | undefined;
  const findDescriptions = indexed?.index ?? (() => index ??= indexDescriptions(products));

  /** The sum of the history's vectors, weighted by rating. */
  function tasteOf({ items, ratings }: Profile): Float64Array {
    const taste = new Float64Array(columns);
    const { indptr, indices, values } = products;
    items.forEach((item, i) => {
      for (let p = indptr[item]; p < indptr[item + 1]; p++) {
        taste[indices[p]] += ratings[i] * values[p];
      }
    });
    return taste;
  }
  return {
    noSignal: 0,
    ...sparseScorer(itemCount, (history, sums) => {
      const taste = tasteOf(profileOf(history, itemCount));
      // cos = t·v / |t|, the products' vectors having length 1 already
      const length = lengthOf(taste);
      const descriptions = findDescriptions();
      const { indptr, products: described } = descriptions;
      const similarities = productsWith(taste, descriptions);
      for (let description = 0; description < similarities.length; description++) {
        const cosine = similarities[description] / length;
        if (cosine === 0) continue;
        for (let p = indptr[description]; p < indptr[description + 1]; p++) {
          if (isChanged[described[p]] === 0) sums.add(described[p], cosine);
        }
      }
      for (const item of changed) sums.add(item, productWith(taste, products, item) / length);
    }),
    // t = Σ rᵢ·vᵢ, so that an item's part of the cosine is rᵢ·(vᵢ·v) / |t|.
    explain(history, items) {
      const profile = profileOf(history, itemCount);
      const length = lengthOf(tasteOf(profile));
      const share = shareAmongEvents(history, profile);
      const vector = new Float32Array(columns);
      const parts = new Float64Array(profile.items.length);
      return Array.from(items, (item) => {
        const { indices, values } = rowOf(products, item);
        indices.forEach((term, i) => vector[term] = values[i]);
        for (let i = 0; i < parts.length; i++) {
          parts[i] = profile.ratings[i] * dotRow(products, profile.items[i], vector) / length;
        }
        for (const term of indices) vector[term] = 0;
        return { base: 0, events: share(parts) };
      });
    },
    toTensors: () => csrToTensors(products),
  };
}

/** t·v for each description; summed in the order of the terms, like {@linkcode productWith}. */
function productsWith(taste: Float64Array, { byTerm, indptr }: DescriptionIndex): Float64Array {
  const products = new Float64Array(indptr.length - 1);
  for (let term = 0; term < taste.length; term++) {
    if (taste[term] === 0) continue;
    for (let p = byTerm.indptr[term]; p < byTerm.indptr[term + 1]; p++) {
      products[byTerm.indices[p]] += taste[term] * byTerm.values[p];
    }
  }
  return products;
}

/** t·v for one product. */
function productWith(taste: Float64Array, products: Csr, item: number): number {
  const { indices, values } = rowOf(products, item);
  return indices.reduce((sum, term, i) => sum + taste[term] * values[i], 0);
}

/** The product of a row and a vector. */
function dotRow({ indptr, indices, values }: Csr, row: number, vector: Float32Array): number {
  let sum = 0;
  for (let p = indptr[row]; p < indptr[row + 1]; p++) sum += values[p] * vector[indices[p]];
  return sum;
}

/** 1 for a vector of zeros, so that it can be a divisor. */
function lengthOf(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
}
