import { type Csr, csrOfRows, rowOf, transpose } from "../../linalg/sparse/csr.ts";
import { groupPositions } from "../../linalg/sparse/group_positions.ts";

/** Products found by their terms. Many share one description, which is scored once. */
export interface DescriptionIndex {
  /** Terms × distinct descriptions. */
  readonly byTerm: Csr;
  /** Start of each description's products; descriptions + 1 entries. */
  readonly indptr: Uint32Array;
  /** The products of each description. */
  readonly products: Uint32Array;
  /** The description of each product. */
  readonly descriptionOf: Uint32Array;
}

/**
 * Indexes products by their terms, in time linear in these.
 *
 * @param terms Products × terms.
 */
export function indexDescriptions(terms: Csr): DescriptionIndex {
  const numbers = new Uint32Array(terms.rows);
  /** The first product of each description. */
  const firsts: number[] = [];
  const byHash = new Map<number, number[]>();
  for (let product = 0; product < terms.rows; product++) {
    const hash = hashOf(terms, product);
    const alike = byHash.get(hash);
    let number = alike?.find((other) => areEqual(terms, firsts[other], product));
    if (number === undefined) {
      number = firsts.push(product) - 1;
      if (alike) alike.push(number);
      else byHash.set(hash, [number]);
    }
    numbers[product] = number;
  }
  const { indptr, positions } = groupPositions(numbers, firsts.length);
  const distinct = csrOfRows(firsts.map((product) => rowOf(terms, product)), terms.columns);
  return {
    byTerm: transpose(distinct),
    indptr,
    products: positions,
    descriptionOf: numbers,
  };
}

/** An index that finds some products, each given once, no longer; their descriptions stay. */
export function withoutProducts(
  index: DescriptionIndex,
  omitted: Uint32Array,
): DescriptionIndex {
  if (omitted.length === 0) return index;
  const { indptr, products } = index;
  const isOmitted = new Set(omitted);
  const starts = new Uint32Array(indptr.length);
  const left = new Uint32Array(products.length);
  let count = 0;
  for (let description = 0; description + 1 < indptr.length; description++) {
    for (let p = indptr[description]; p < indptr[description + 1]; p++) {
      if (!isOmitted.has(products[p])) left[count++] = products[p];
    }
    starts[description + 1] = count;
  }
  return { ...index, indptr: starts, products: left.subarray(0, count) };
}

/** 32 bits of a row's columns (FNV-1a). */
function hashOf({ indptr, indices }: Csr, row: number): number {
  let hash = 0x811c9dc5;
  for (let p = indptr[row]; p < indptr[row + 1]; p++) {
    hash = Math.imul(hash ^ indices[p], 0x01000193);
  }
  return hash;
}

/** Whether two rows hold the same. */
function areEqual({ indptr, indices, values }: Csr, a: number, b: number): boolean {
  const length = indptr[a + 1] - indptr[a];
  if (indptr[b + 1] - indptr[b] !== length) return false;
  for (let i = 0; i < length; i++) {
    const p = indptr[a] + i, q = indptr[b] + i;
    if (indices[p] !== indices[q] || values[p] !== values[q]) return false;
  }
  return true;
}
