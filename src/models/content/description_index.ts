import { type Csr, selectRows, transpose } from "../../linalg/sparse/csr.ts";
import { equalRows } from "../../linalg/sparse/equal_rows.ts";
import { groupPositions } from "../../linalg/sparse/group_positions.ts";

/** Products found by their terms. Many share one description, which is scored once. */
export interface DescriptionIndex {
  /** Terms × distinct descriptions. */
  readonly byTerm: Csr;
  /** The length of the longest vector, which rounding may make larger than 1. */
  readonly longest: number;
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
  const { groupOf, firsts } = equalRows(terms);
  const { indptr, positions } = groupPositions(groupOf, firsts.length);
  const distinct = selectRows(terms, firsts);
  return {
    byTerm: transpose(distinct),
    longest: longestRow(distinct),
    indptr,
    products: positions,
    descriptionOf: groupOf,
  };
}

function longestRow({ rows, indptr, values }: Csr): number {
  let longest = 0;
  for (let row = 0; row < rows; row++) {
    let square = 0;
    for (let p = indptr[row]; p < indptr[row + 1]; p++) square += values[p] ** 2;
    if (square > longest) longest = square;
  }
  return Math.sqrt(longest);
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
