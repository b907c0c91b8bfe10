import { InputError } from "../base/input_error.ts";
import { type History, profileOf } from "../interactions/history.ts";
import type { ScoreRange } from "../linalg/kernels/item_vectors.ts";
import { type Csr, rowOf } from "../linalg/sparse/csr.ts";
import { csrFromTensors, csrToTensors, unpackCsr } from "../linalg/sparse/packed_csr.ts";
import type { Ranked } from "../linalg/top_k.ts";
import type { SparseSums } from "../linalg/sparse/sparse_scores.ts";
import {
  type DescriptionIndex,
  indexDescriptions,
  withoutProducts,
} from "./content/description_index.ts";
import { productTerms } from "./content/product_terms.ts";
import { rankDescribed, type ScoredDescriptions } from "./content/rank_described.ts";
import { type SimilarityTo, TasteSearch } from "./content/taste_search.ts";
import { type Taste, Tastes } from "./content/tastes.ts";
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

  fitsFrom: "sums",
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

/** A list that needs more descriptions takes less time if all are scored. */
const MOST_SOUGHT = 64;

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
  let index: DescriptionIndex | undefined;
  const descriptions = () =>
    index ??= indexed ? withoutProducts(indexed.index(), changed) : indexDescriptions(products);
  const tastes = new Tastes(products);
  let searched: TasteSearch | undefined;
  const search = () => searched ??= new TasteSearch(descriptions());
  let similarities = new Float64Array(0);
  let used = new Uint32Array(0);
  let scores = new Float32Array(0);
  const tasteOf = (history: History) => tastes.of(profileOf(history, itemCount));

  /** t·v of each description; valid until the next call. */
  function similaritiesTo({ terms, weights }: Taste): Float64Array {
    const { byTerm } = descriptions();
    if (similarities.length === byTerm.columns) similarities.fill(0);
    else similarities = new Float64Array(byTerm.columns);
    // Summed in the order of the terms, like `Tastes.compare`.
    for (let i = 0; i < terms.length; i++) {
      const weight = weights[i], end = byTerm.indptr[terms[i] + 1];
      for (let p = byTerm.indptr[terms[i]]; p < end; p++) {
        similarities[byTerm.indices[p]] += weight * byTerm.values[p];
      }
    }
    return similarities;
  }

  /** Adds s / |t| to the scores of all products whose descriptions have these s. */
  function addIndexed(similarities: Float64Array, { length }: Taste, sums: SparseSums): void {
    const { indptr, products: described } = descriptions();
    for (let d = 0; d < similarities.length; d++) {
      if (similarities[d] === 0) continue;
      sums.addToAll(described, similarities[d] / length, { start: indptr[d], end: indptr[d + 1] });
    }
  }

  /** Adds t·v / |t| to the scores of the products that aren't indexed. */
  function addChanged(taste: Taste, sums: SparseSums): void {
    if (changed.length === 0) return;
    tastes.compare(taste, (similarityTo) => {
      for (const item of changed) sums.add(item, similarityTo(item) / taste.length);
    });
  }
  // cos = t·v / |t|, the products' vectors having length 1 already
  const scorer = sparseScorer(itemCount, (history, sums) => {
    const taste = tasteOf(history);
    addIndexed(similaritiesTo(taste), taste, sums);
    addChanged(taste, sums);
  });
  /** The least and the largest score. */
  function rangeFor(history: History, taste: Taste, similarityTo: SimilarityTo): ScoreRange {
    const known = history.items.filter((item) => item < itemCount);
    let { least, largest } = search().range(taste, similarityTo, known) ??
      rangeOfDescribed(descriptions(), similaritiesTo(taste));
    for (const item of changed) {
      const similarity = similarityTo(item);
      least = Math.min(least, similarity);
      largest = Math.max(largest, similarity);
    }
    return {
      least: Math.fround(least / taste.length),
      largest: Math.fround(largest / taste.length),
    };
  }
  /** The scores of some items, in their order. */
  function some(taste: Taste, items: Uint32Array): Float32Array {
    const scores = new Float32Array(items.length);
    tastes.compare(taste, (similarityTo) => {
      for (let i = 0; i < items.length; i++) scores[i] = similarityTo(items[i]) / taste.length;
    });
    return scores;
  }
  /** The descriptions that score above 0; valid until the next call. */
  function positive(similarities: Float64Array, length: number): ScoredDescriptions {
    if (used.length !== similarities.length) {
      used = new Uint32Array(similarities.length);
      scores = new Float32Array(similarities.length);
    }
    let count = 0;
    for (let d = 0; d < similarities.length; d++) {
      if (similarities[d] === 0) continue;
      used[count] = d;
      scores[count++] = similarities[d] / length;
    }
    return { descriptions: used.subarray(0, count), scores: scores.subarray(0, count) };
  }
  /** The top k, if no product has changed, so that the index tells those of a description. */
  function rank(taste: Taste, hidden: Uint32Array, k: number): Ranked {
    const count = k + hidden.length;
    const best = count > MOST_SOUGHT ? undefined : tastes.compare(
      taste,
      (similarityTo) => search().best(taste, similarityTo, count),
    );
    const scored = best
      ? {
        descriptions: best.descriptions,
        scores: Float32Array.from(best.similarities, (similarity) => similarity / taste.length),
      }
      : positive(similaritiesTo(taste), taste.length);
    return rankDescribed(descriptions(), scored, { hidden, k });
  }
  return {
    noSignal: 0,
    ...scorer,
    scoreOnDemand(history) {
      const taste = tasteOf(history);
      return {
        range: () =>
          tastes.compare(taste, (similarityTo) => rangeFor(history, taste, similarityTo)),
        // Cosines of vectors without negative numbers.
        bounds: () => ({ least: 0, largest: 1 }),
        some: (items) => some(taste, items),
        all: () => scorer.scoreSparse(history),
      };
    },
    ...(changed.length === 0 &&
      rankOneByOne({ itemCount, scoresOf: tasteOf, top: rank, some })),
    // t = Σ rᵢ·vᵢ, so that an item's part of the cosine is rᵢ·(vᵢ·v) / |t|.
    explain(history, items) {
      const profile = profileOf(history, itemCount);
      const { length } = tastes.of(profile);
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

/** The product of a row and a vector. */
function dotRow({ indptr, indices, values }: Csr, row: number, vector: Float32Array): number {
  let sum = 0;
  for (let p = indptr[row]; p < indptr[row + 1]; p++) sum += values[p] * vector[indices[p]];
  return sum;
}

/** The range of the similarities of descriptions that have products. */
function rangeOfDescribed(
  { indptr }: DescriptionIndex,
  similarities: Float64Array,
): ScoreRange {
  let least = Infinity, largest = -Infinity;
  for (let d = 0; d < similarities.length; d++) {
    const similarity = similarities[d];
    if (similarity >= least && similarity <= largest || indptr[d] === indptr[d + 1]) continue;
    if (similarity < least) least = similarity;
    if (similarity > largest) largest = similarity;
  }
  return { least, largest };
}
