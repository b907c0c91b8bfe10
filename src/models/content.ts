import { InputError } from "../base/input_error.ts";
import { type History, type Profile, profileOf } from "../interactions/history.ts";
import { type Csr, rowOf } from "../linalg/sparse/csr.ts";
import { csrFromTensors, csrToTensors, unpackCsr } from "../linalg/sparse/packed_csr.ts";
import type { SparseSums } from "../linalg/sparse/sparse_scores.ts";
import {
  type DescriptionIndex,
  indexDescriptions,
  withoutProducts,
} from "./content/description_index.ts";
import { productTerms } from "./content/product_terms.ts";
import { rankDescribed } from "./content/rank_described.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import { shareAmongEvents } from "./explain.ts";
import type { Model } from "./model.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { whole } from "./options/option.ts";
import { rankOneByOne } from "./scoring/rank_one_by_one.ts";
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

  fitsFromStatistics: true,
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

/** The terms of a history, ascending, and their weights. */
interface Taste {
  readonly terms: Uint32Array;
  readonly weights: Float64Array;
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
  let index: DescriptionIndex | undefined;
  const descriptions = () =>
    index ??= indexed ? withoutProducts(indexed.index(), changed) : indexDescriptions(products);
  // Zeros between calls, which then cost no memory.
  const dense = new Float64Array(columns);
  let similarities = new Float64Array(0);
  let scores = new Float32Array(0);
  let range = { least: 0, largest: 0 };
  let scored: History | undefined;

  /** The sum of the history's vectors, weighted by rating. */
  function tasteOf({ items, ratings }: Profile): Taste {
    const { indptr, indices, values } = products;
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
    return { terms, weights };
  }

  /** t·v of each description; valid until the next call. */
  function similaritiesTo({ terms, weights }: Taste): Float64Array {
    const { byTerm } = descriptions();
    if (similarities.length === byTerm.columns) similarities.fill(0);
    else similarities = new Float64Array(byTerm.columns);
    // Summed in the order of the terms, like `productWith`.
    for (let i = 0; i < terms.length; i++) {
      const weight = weights[i], end = byTerm.indptr[terms[i] + 1];
      for (let p = byTerm.indptr[terms[i]]; p < end; p++) {
        similarities[byTerm.indices[p]] += weight * byTerm.values[p];
      }
    }
    return similarities;
  }

  /** Adds s / |t| to the scores of all products whose descriptions have these s. */
  function addIndexed(similarities: Float64Array, length: number, sums: SparseSums): void {
    const { indptr, products: described } = descriptions();
    for (let d = 0; d < similarities.length; d++) {
      if (similarities[d] === 0) continue;
      sums.addToAll(described, similarities[d] / length, { start: indptr[d], end: indptr[d + 1] });
    }
  }

  /** Adds t·v / |t| to the scores of the products that aren't indexed. */
  function addChanged({ terms, weights }: Taste, length: number, sums: SparseSums): void {
    if (changed.length === 0) return;
    for (let i = 0; i < terms.length; i++) dense[terms[i]] = weights[i];
    for (const item of changed) sums.add(item, productWith(dense, products, item) / length);
    for (const term of terms) dense[term] = 0;
  }
  // cos = t·v / |t|, the products' vectors having length 1 already
  const scorer = sparseScorer(itemCount, (history, sums) => {
    const taste = tasteOf(profileOf(history, itemCount));
    const length = lengthOf(taste);
    addIndexed(similaritiesTo(taste), length, sums);
    addChanged(taste, length, sums);
  });
  /**
   * The scores of each description; valid until the next call. Those of the last history are kept,
   * since a blend asks for them as well.
   */
  function describedScores(history: History): Float32Array {
    if (history === scored) return scores;
    scored = undefined;
    const taste = tasteOf(profileOf(history, itemCount));
    const length = lengthOf(taste);
    const similarities = similaritiesTo(taste);
    if (scores.length !== similarities.length) scores = new Float32Array(similarities.length);
    let least = Infinity, largest = -Infinity;
    for (let d = 0; d < similarities.length; d++) {
      const score = similarities[d] / length;
      scores[d] = score;
      if (score < least) least = score;
      if (score > largest) largest = score;
    }
    range = { least: Math.fround(least), largest: Math.fround(largest) };
    scored = history;
    return scores;
  }
  function some(scores: Float32Array, items: Uint32Array): Float32Array {
    const { descriptionOf } = descriptions();
    return Float32Array.from(items, (item) => scores[descriptionOf[item]]);
  }
  /** Ways to score that need the index of all products. */
  const described: Pick<Model, "scoreOnDemand" | "rankBatch"> = {
    scoreOnDemand(history) {
      const scores = describedScores(history);
      return {
        range,
        some: (items) => some(scores, items),
        all: () => scorer.scoreSparse(history),
      };
    },
    rankBatch: rankOneByOne({
      itemCount,
      scoresOf: describedScores,
      top: (scores, hidden, k) => rankDescribed(descriptions(), scores, { hidden, k }),
      some,
    }),
  };
  return {
    noSignal: 0,
    ...scorer,
    // A description of which all products have changed is no part of the range.
    ...(changed.length === 0 && described),
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

/** The length of a taste; 1 for one without terms, so that it can be a divisor. */
function lengthOf({ weights }: Taste): number {
  return Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
}
