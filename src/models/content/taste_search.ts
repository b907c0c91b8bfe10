import type { ScoreRange } from "../../linalg/kernels/item_vectors.ts";
import { topOfSome } from "../../linalg/top_k.ts";
import type { DescriptionIndex } from "./description_index.ts";
import type { Taste } from "./tastes.ts";

/** Sums in another order, or rounded to single precision, differ by less than this share. */
const ROUNDING = 2 ** -15;

/** Descriptions that are looked at for one without any of a taste's terms. */
const MOST_WITNESSES = 256;
/** A prime, so that the descriptions looked at are spread. */
const WITNESS_STEP = 7919;

/** The cost of following a term, relative to adding it to the sums of all descriptions. */
const FOLLOWING_COST = 3;

/** How many descriptions of a term can be followed in the time that one comparison takes. */
const MOST_FOLLOWED = 32;

/** Compares a taste with a product; see {@linkcode Tastes.compare}. */
export type SimilarityTo = (product: number) => number;

/** Some descriptions and their similarities to a taste. */
export interface SimilarDescriptions {
  /** In any order, each once. */
  readonly descriptions: Uint32Array;
  readonly similarities: Float64Array;
}

/**
 * Searches descriptions for those most similar to a taste, without
 * comparing it with most of them. With t the taste, v a description and R some terms,
 *
 *   t·v ≤ Σ_{i∉R} tᵢ·vᵢ + |t_R| · |v|
 *
 * so terms that together can't lift a description among the most similar ones aren't followed, as
 * in MaxScore (Turtle and Flood 1995).
 */
export class TasteSearch {
  readonly #index: DescriptionIndex;
  /** Σ_{i∉R} tᵢ·vᵢ of each description; zeros between calls. */
  readonly #sums: Float32Array;
  /** The descriptions with sums above 0, of which `#count` are valid. */
  readonly #touched: Uint32Array;
  #count = 0;
  readonly #selected: Uint32Array;

  constructor(index: DescriptionIndex) {
    this.#index = index;
    this.#sums = new Float32Array(index.byTerm.columns);
    this.#touched = new Uint32Array(index.byTerm.columns);
    this.#selected = new Uint32Array(index.byTerm.columns);
  }

  /**
   * The least and the largest similarity.
   *
   * @param known Products that are likely to be similar, such as the history's own.
   * @returns Undefined if comparing with all takes less time, or if no description is found that
   *   has none of the terms, so that the least isn't known.
   */
  range(taste: Taste, similarityTo: SimilarityTo, known: Uint32Array): ScoreRange | undefined {
    const { descriptionOf } = this.#index;
    let largest = 0;
    for (const item of known) {
      if (item >= descriptionOf.length) continue;
      largest = Math.max(largest, this.#compare(descriptionOf[item], similarityTo));
    }
    const order = new TermOrder(taste, this.#index);
    const stop = order.rests.findIndex((rest) => rest < almost(largest));
    const end = stop < 0 ? order.terms.length : stop;
    if (FOLLOWING_COST * order.sizeOf(0, end) > order.sizeOf() || !this.#hasWitness(similarityTo)) {
      return undefined;
    }
    for (let place = 0; place < end; place++) this.#follow(order, place);
    for (const description of this.#reaching(order, end, { least: largest, count: 1 })) {
      largest = Math.max(largest, this.#compare(description, similarityTo));
    }
    this.#clear();
    return { least: 0, largest };
  }

  /**
   * The most similar descriptions: all that are at least as similar as the `count`-th, even if
   * rounded to single precision, and maybe some others.
   *
   * @returns Undefined if comparing with all takes less time, or fewer are found.
   */
  best(
    taste: Taste,
    similarityTo: SimilarityTo,
    count: number,
  ): SimilarDescriptions | undefined {
    const order = new TermOrder(taste, this.#index);
    let place = 0, least = 0, checked = count;
    // A sum is a lower bound of its similarity, so `count` descriptions have at least `least`.
    while (place < order.terms.length && order.rests[place] >= almost(least)) {
      this.#follow(order, place++);
      if (FOLLOWING_COST * order.sizeOf(0, place) > order.sizeOf()) break;
      if (this.#count < checked) continue;
      least = this.#least(this.#touched.subarray(0, this.#count), count);
      checked = 2 * this.#count;
    }
    const isFound = order.rests[place] < almost(least);
    const reaching = isFound ? this.#reaching(order, place, { least, count }) : undefined;
    this.#clear();
    if (!reaching) return undefined;
    const descriptions = reaching.slice();
    const similarities = Float64Array.from(
      descriptions,
      (description) => this.#compare(description, similarityTo),
    );
    return { descriptions, similarities };
  }

  /** The similarity of a description's products; 0 if it has none. */
  #compare(description: number, similarityTo: SimilarityTo): number {
    const { indptr, products } = this.#index;
    const start = indptr[description];
    return start === indptr[description + 1] ? 0 : similarityTo(products[start]);
  }

  /** Adds a term to the sums of its descriptions, or only of those that have sums. */
  #follow(order: TermOrder, place: number, { isKnown = false } = {}): void {
    const { indptr, indices, values } = this.#index.byTerm;
    const sums = this.#sums, touched = this.#touched;
    const term = order.terms[place], weight = order.weights[place];
    let count = this.#count;
    for (let p = indptr[term], end = indptr[term + 1]; p < end; p++) {
      const description = indices[p], before = sums[description];
      if (isKnown && before === 0) continue;
      const after = Math.fround(before + weight * values[p]);
      sums[description] = after;
      if (before === 0 && after !== 0) touched[count++] = description;
    }
    this.#count = count;
  }

  /**
   * The descriptions that can be as similar as `least`, which `count` descriptions are. Follows
   * more terms where that takes less time than comparing descriptions.
   *
   * @param place That of the first term that isn't followed yet.
   */
  #reaching(
    order: TermOrder,
    place: number,
    { least, count }: { least: number; count: number },
  ): Uint32Array {
    let found = this.#select(this.#touched, this.#count, almost(least) - order.rests[place]);
    while (
      place < order.terms.length &&
      order.sizeOf(place, place + 1) < MOST_FOLLOWED * found.length
    ) {
      this.#follow(order, place++, { isKnown: true });
      if (found.length < count) continue;
      // Of one, what is known already is mostly the largest.
      if (count > 1) least = Math.max(least, this.#least(found, count));
      found = this.#select(found, found.length, almost(least) - order.rests[place]);
    }
    return found;
  }

  /** The `count`-th largest sum of some descriptions, which are at least as many. */
  #least(descriptions: Uint32Array, count: number): number {
    return topOfSome(this.#sums, descriptions, count).scores[count - 1];
  }

  /** Those of the first descriptions whose sums are at least this; valid until the next call. */
  #select(descriptions: Uint32Array, end: number, least: number): Uint32Array {
    const sums = this.#sums, selected = this.#selected;
    let count = 0;
    // In place, the second time: what is written has been read.
    for (let i = 0; i < end; i++) {
      if (sums[descriptions[i]] >= least) selected[count++] = descriptions[i];
    }
    return selected.subarray(0, count);
  }

  #clear(): void {
    for (let i = 0; i < this.#count; i++) this.#sums[this.#touched[i]] = 0;
    this.#count = 0;
  }

  /** Whether a description has none of a taste's terms, as most have in most shops. */
  #hasWitness(similarityTo: SimilarityTo): boolean {
    const { indptr } = this.#index;
    const count = indptr.length - 1;
    for (let i = 0; i < Math.min(count, MOST_WITNESSES); i++) {
      const description = (i * WITNESS_STEP) % count;
      const isEmpty = indptr[description] === indptr[description + 1];
      if (!isEmpty && this.#compare(description, similarityTo) === 0) return true;
    }
    return false;
  }
}

/** A little less than a number above 0, by more than rounding errors. */
function almost(similarity: number): number {
  return similarity * (1 - ROUNDING);
}

/** The terms of a taste: heavy ones that few descriptions have come first. */
class TermOrder {
  readonly terms: Uint32Array;
  /** In the order of the terms. */
  readonly weights: Float64Array;
  /**
   * For each place, the most that its term and those after it can add to a similarity: |t_R| times
   * the length of the longest description. One more than the terms, 0 after the last.
   */
  readonly rests: Float64Array;
  /** For each place, how many descriptions have the terms before it, counted once for each. */
  readonly #sizes: Uint32Array;

  constructor({ terms, weights }: Taste, { byTerm: { indptr }, longest }: DescriptionIndex) {
    const count = terms.length;
    const sizeOf = (term: number) => indptr[term + 1] - indptr[term];
    const worths = new Float64Array(count);
    for (let i = 0; i < count; i++) worths[i] = weights[i] ** 2 / sizeOf(terms[i]);
    const order = new Uint32Array(count);
    for (let i = 0; i < count; i++) order[i] = i;
    order.sort((a, b) => worths[b] - worths[a]);
    this.terms = new Uint32Array(count);
    this.weights = new Float64Array(count);
    this.#sizes = new Uint32Array(count + 1);
    for (let place = 0; place < count; place++) {
      this.terms[place] = terms[order[place]];
      this.weights[place] = weights[order[place]];
      this.#sizes[place + 1] = this.#sizes[place] + sizeOf(this.terms[place]);
    }
    this.rests = new Float64Array(count + 1);
    for (let place = count - 1, square = 0; place >= 0; place--) {
      square += this.weights[place] ** 2;
      this.rests[place] = longest * Math.sqrt(square);
    }
  }

  /** How many descriptions have some of the terms, counted once for each. Default all terms. */
  sizeOf(start = 0, end = this.terms.length): number {
    return this.#sizes[end] - this.#sizes[start];
  }
}
