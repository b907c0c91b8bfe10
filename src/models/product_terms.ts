import { type Catalogue, textAt, UNKNOWN } from "../interactions/catalogue.ts";
import type { Csr } from "../linalg/csr.ts";

/**
 * Describes each product by weighted terms: a matrix of products × terms whose rows have length 1 (or 0 where
 * nothing is known). A term's weight is tf · ln(N / df) (Salton and Buckley 1988), so what all products share
 * weighs nothing.
 *
 * @param priceBands Into how many bands of equally many products prices fall; products without a price are in
 * none.
 */
export function productTerms(catalogue: Catalogue, priceBands: number): Csr {
  const bandOf = priceBandFinder(catalogue.price, priceBands);
  const numbers = new Map<string, number>();
  const indptr = new Uint32Array(catalogue.price.length + 1);
  const indices: number[] = [];
  const counts: number[] = [];
  for (let item = 0; item < catalogue.price.length; item++) {
    for (const [term, count] of countTerms(termsOf(catalogue, item, bandOf), numbers)) {
      indices.push(term);
      counts.push(count);
    }
    indptr[item + 1] = indices.length;
  }
  return weighTerms({
    rows: catalogue.price.length,
    columns: numbers.size,
    indptr,
    indices: Uint32Array.from(indices),
    values: Float32Array.from(counts),
  });
}

/** A product's terms, each under a heading so that the brand "gel" and the word "gel" stay apart. */
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

function knownTerm(heading: string, text: string): string[] {
  return text === UNKNOWN ? [] : [`${heading}:${text}`];
}

function titleTerms(title: string): string[] {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => `word:${word}`);
}

/** Numbers the terms and counts them, ascending by number; terms not met before get the next numbers. */
function countTerms(terms: string[], numbers: Map<string, number>): [number, number][] {
  const counts = new Map<number, number>();
  for (const term of terms) {
    const number = numbers.get(term) ?? numbers.size;
    numbers.set(term, number);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

/** Finds a price's band: how many of the quantiles 1/n, 2/n, … of the catalogue's prices lie at or below it. */
function priceBandFinder(prices: Float32Array, bands: number): (price: number) => number {
  const sorted = prices.filter((price) => price > 0).sort();
  const limits = Array.from(
    { length: bands - 1 },
    (_, i) => sorted[Math.floor((i + 1) * sorted.length / bands)],
  );
  return (price) => limits.filter((limit) => limit <= price).length;
}

function weighTerms(counts: Csr): Csr {
  const { rows, columns, indptr, indices } = counts;
  const documents = new Uint32Array(columns);
  for (const term of indices) documents[term]++;
  const values = counts.values.map((count, p) => count * Math.log(rows / documents[indices[p]]));
  for (let row = 0; row < rows; row++) {
    const weights = values.subarray(indptr[row], indptr[row + 1]);
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
    if (length > 0) weights.forEach((weight, i) => weights[i] = weight / length);
  }
  return { ...counts, values };
}
