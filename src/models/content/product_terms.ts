import { oncePer } from "../../base/once_per.ts";
import { type Catalogue, textAt, UNKNOWN } from "../../interactions/catalogue.ts";
import type { Csr, SparseRow } from "../../linalg/sparse/csr.ts";

/** Products as weighted terms. */
export interface TermSpace {
  /** Products × terms. */
  readonly products: Csr;
  /**
   * Describes a product of any catalogue, even a newer one, by those of its terms that are in the
   * space, with their weights there. Of length 1, or empty.
   */
  describe(catalogue: Catalogue, item: number): SparseRow;
}

/**
 * Describes each product by weighted terms: a matrix of products × terms whose rows have length 1
 * (or 0 where nothing is known). A term's weight is tf · ln(N / df) (Salton and Buckley 1988), so a
 * term that all products share has weight 0.
 *
 * @param priceBands Number of price bands, each with the same number of products; products without
 * a price are in none.
 * @returns The same object for the same catalogue, not to be changed.
 */
export function productTerms(catalogue: Catalogue, priceBands: number): Csr {
  const ofCatalogue = termsByBands(catalogue);
  const terms = ofCatalogue.get(priceBands) ?? createTermSpace(catalogue, priceBands).products;
  ofCatalogue.set(priceBands, terms);
  return terms;
}

/** Models and measures of lists describe the same products. */
const termsByBands = oncePer((_: Catalogue) => new Map<number, Csr>());

/** Like {@linkcode productTerms}, with a way to describe further products. */
export function createTermSpace(catalogue: Catalogue, priceBands: number): TermSpace {
  const bandOf = priceBandFinder(catalogue.price, priceBands);
  const numbers = new Map<string, number>();
  const rows = catalogue.price.length;
  const indptr = new Uint32Array(rows + 1);
  const indices: number[] = [];
  const counts: number[] = [];
  for (let item = 0; item < rows; item++) {
    const terms = termsOf(catalogue, item, bandOf);
    for (const term of terms) if (!numbers.has(term)) numbers.set(term, numbers.size);
    for (const [term, count] of countTerms(terms, numbers)) {
      indices.push(term);
      counts.push(count);
    }
    indptr[item + 1] = indices.length;
  }
  const weights = inverseFrequencies(indices, { rows, columns: numbers.size });
  const products = {
    rows,
    columns: numbers.size,
    indptr,
    indices: Uint32Array.from(indices),
    values: Float32Array.from(counts, (count, p) => count * weights[indices[p]]),
  };
  for (let row = 0; row < rows; row++) {
    normalize(products.values.subarray(indptr[row], indptr[row + 1]));
  }
  return {
    products,
    describe(catalogue, item) {
      const terms = countTerms(termsOf(catalogue, item, bandOf), numbers);
      const values = Float32Array.from(terms, ([term, count]) => count * weights[term]);
      return { indices: Uint32Array.from(terms, ([term]) => term), values: normalize(values) };
    },
  };
}

/** A product's terms, each with a prefix that distinguishes the brand "gel" from the word "gel". */
function termsOf(
  catalogue: Catalogue,
  item: number,
  bandOf: (price: number) => number,
): string[] {
  const price = catalogue.price[item];
  return [
    ...pathTerms(textAt(catalogue.categoryCode, item)),
    ...knownTerm("category", textAt(catalogue.categoryId, item)),
    ...knownTerm("brand", textAt(catalogue.brand, item)),
    ...(price > 0 ? [`price:${bandOf(price)}`] : []),
    ...(catalogue.title ? titleTerms(textAt(catalogue.title, item)) : []),
  ];
}

/** `a.b.c` is in `a`, in `a.b` and in `a.b.c`. */
function pathTerms(path: string): string[] {
  if (path === UNKNOWN) return [];
  const parts = path.split(".");
  return parts.map((_, depth) => `path:${parts.slice(0, depth + 1).join(".")}`);
}

function knownTerm(prefix: string, text: string): string[] {
  return text === UNKNOWN ? [] : [`${prefix}:${text}`];
}

function titleTerms(title: string): string[] {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => `word:${word}`);
}

/** Counts the terms that have a number, ascending by number. */
function countTerms(terms: string[], numbers: ReadonlyMap<string, number>): [number, number][] {
  const counts = new Map<number, number>();
  for (const term of terms) {
    const number = numbers.get(term);
    if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

/**
 * Finds a price's band: how many of the quantiles 1/n, 2/n, … of the catalogue's prices are at or
 * below it.
 */
function priceBandFinder(prices: Float32Array, bands: number): (price: number) => number {
  const sorted = prices.filter((price) => price > 0).sort();
  const limits = Array.from(
    { length: bands - 1 },
    (_, i) => sorted[Math.floor((i + 1) * sorted.length / bands)],
  );
  return (price) => limits.filter((limit) => limit <= price).length;
}

/** ln(N / df) of each term. */
function inverseFrequencies(
  terms: readonly number[],
  { rows, columns }: { rows: number; columns: number },
): Float64Array {
  const documents = new Float64Array(columns);
  for (const term of terms) documents[term]++;
  return documents.map((count) => Math.log(rows / count));
}

/** Scales a vector to length 1 in place, unless it is all 0. */
function normalize(weights: Float32Array): Float32Array {
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
  if (length > 0) weights.forEach((weight, i) => weights[i] = weight / length);
  return weights;
}
