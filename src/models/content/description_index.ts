import { type Csr, selectRows, transpose } from "../../linalg/sparse/csr.ts";
import { equalRows } from "../../linalg/sparse/equal_rows.ts";
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
  const { groupOf, firsts } = equalRows(terms);
  const { indptr, positions } = groupPositions(groupOf, firsts.length);
  return {
    byTerm: transpose(selectRows(terms, firsts)),
    indptr,
    products: positions,
    descriptionOf: groupOf,
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
