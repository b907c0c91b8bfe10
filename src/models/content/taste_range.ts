import type { ScoreRange } from "../../linalg/kernels/item_vectors.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";
import type { DescriptionIndex } from "./description_index.ts";
import type { Taste } from "./tastes.ts";

/** Sums in another order differ by less than this share. */
const ROUNDING = 2 ** -40;

/** Descriptions that are looked at for one without any of a taste's terms. */
const MOST_WITNESSES = 256;
/** A prime, so that the descriptions looked at are spread. */
const WITNESS_STEP = 7919;

/** Following a term takes so many times as long as adding it up. */
const FOLLOWING_COST = 3;

/** How a taste is compared with products. */
export interface Comparison {
  /** Products that are likely to be similar, such as the history's own. */
  readonly known: Uint32Array;
  /** See {@linkcode Tastes.compare}. */
  readonly similarityTo: (product: number) => number;
}

/**
 * Prepares a search for the least and the largest of a taste's similarities to all descriptions
 * that have products, which doesn't compute most of them. With t the taste, v a description and R
 * some terms,
 *
 *   t·v ≤ Σ_{i∉R} tᵢ·vᵢ + |t_R| · |v|
 *
 * so terms that together can't lift a description above the most similar of the known ones aren't
 * followed, as in MaxScore (Turtle and Flood 1995).
 *
 * @returns A function that finds the range; undefined if computing all similarities takes less
 *   time, or if no description is found that has none of the terms, so that the least isn't known.
 */
export function createTasteRange(
  index: DescriptionIndex,
): (taste: Taste, comparison: Comparison) => ScoreRange | undefined {
  const { byTerm, longest, indptr, products, descriptionOf } = index;
  // Zeros between calls.
  const sums = new Float64Array(byTerm.columns);

  return ({ terms, weights }, { known, similarityTo }) => {
    let largest = 0;
    const compare = (description: number) => {
      if (indptr[description] === indptr[description + 1]) return;
      const similarity = similarityTo(products[indptr[description]]);
      if (similarity > largest) largest = similarity;
    };
    for (const item of known) if (item < descriptionOf.length) compare(descriptionOf[item]);
    const needed = () => largest * (1 - ROUNDING);
    const order = inOrderOfWorth(byTerm, terms, weights);
    const rests = restsOf(order, weights);
    const stop = rests.findIndex((rest) => rest * longest < needed());
    const followed = order.subarray(0, stop < 0 ? order.length : stop);
    if (FOLLOWING_COST * sizeOf(byTerm, followed.map((i) => terms[i])) > sizeOf(byTerm, terms)) {
      return undefined;
    }
    if (!hasWitness(index, similarityTo)) return undefined;
    for (const i of followed) {
      const weight = weights[i], end = byTerm.indptr[terms[i] + 1];
      for (let p = byTerm.indptr[terms[i]]; p < end; p++) {
        sums[byTerm.indices[p]] += weight * byTerm.values[p];
      }
    }
    const rest = rests[followed.length] * longest;
    for (const i of followed) {
      const end = byTerm.indptr[terms[i] + 1];
      for (let p = byTerm.indptr[terms[i]]; p < end; p++) {
        const description = byTerm.indices[p];
        if (sums[description] > 0 && sums[description] + rest >= needed()) compare(description);
        sums[description] = 0;
      }
    }
    return { least: 0, largest };
  };
}

/** Positions of terms: heavy ones that few descriptions have come first. */
function inOrderOfWorth({ indptr }: Csr, terms: Uint32Array, weights: Float64Array): Uint32Array {
  const worths = Float64Array.from(
    terms,
    (term, i) => weights[i] ** 2 / (indptr[term + 1] - indptr[term]),
  );
  return Uint32Array.from(terms.keys()).sort((a, b) => worths[b] - worths[a]);
}

/** How many descriptions have some terms, counted once for each. */
function sizeOf({ indptr }: Csr, terms: Uint32Array): number {
  return terms.reduce((sum, term) => sum + indptr[term + 1] - indptr[term], 0);
}

/** The range of all similarities, one per description. */
export function rangeOfDescribed(
  { indptr }: DescriptionIndex,
  similarities: Float64Array,
): ScoreRange {
  let least = Infinity, largest = -Infinity;
  for (let d = 0; d < similarities.length; d++) {
    if (indptr[d] === indptr[d + 1]) continue;
    if (similarities[d] < least) least = similarities[d];
    if (similarities[d] > largest) largest = similarities[d];
  }
  return { least, largest };
}

/** For each place, the length of the taste without the terms before it; 0 after the last. */
function restsOf(order: Uint32Array, weights: Float64Array): Float64Array {
  const squares = new Float64Array(order.length + 1);
  for (let place = order.length - 1; place >= 0; place--) {
    squares[place] = squares[place + 1] + weights[order[place]] ** 2;
  }
  return squares.map(Math.sqrt);
}

/** Whether a description has none of a taste's terms, as most have in most shops. */
function hasWitness(
  { indptr, products }: DescriptionIndex,
  similarityTo: (product: number) => number,
): boolean {
  const count = indptr.length - 1;
  for (let i = 0; i < Math.min(count, MOST_WITNESSES); i++) {
    const description = (i * WITNESS_STEP) % count;
    const start = indptr[description];
    if (start < indptr[description + 1] && similarityTo(products[start]) === 0) return true;
  }
  return false;
}
