import { type Csr, csrOfRows, rowOf, type SparseRow, transpose } from "../../linalg/sparse/csr.ts";
import { groupPositions } from "../../linalg/sparse/group_positions.ts";

/** Products found by their terms. Many share one description, which is scored once. */
export interface DescriptionIndex {
  /** Terms × distinct descriptions. */
  readonly byTerm: Csr;
  /** Start of each description's products; descriptions + 1 entries. */
  readonly indptr: Uint32Array;
  /** The products of each description. */
  readonly products: Uint32Array;
}

/**
 * Indexes products by their terms, in time linear in these.
 *
 * @param terms Products × terms.
 */
export function indexDescriptions(terms: Csr): DescriptionIndex {
  const numbers = new Uint32Array(terms.rows);
  const distinct: SparseRow[] = [];
  const byHash = new Map<number, number[]>();
  for (let product = 0; product < terms.rows; product++) {
    const row = rowOf(terms, product);
    const hash = hashOf(row);
    const alike = byHash.get(hash);
    let number = alike?.find((other) => areEqual(distinct[other], row));
    if (number === undefined) {
      number = distinct.push(row) - 1;
      if (alike) alike.push(number);
      else byHash.set(hash, [number]);
    }
    numbers[product] = number;
  }
  const { indptr, positions } = groupPositions(numbers, distinct.length);
  return { byTerm: transpose(csrOfRows(distinct, terms.columns)), indptr, products: positions };
}

/** 32 bits of a row's columns (FNV-1a). */
function hashOf({ indices }: SparseRow): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < indices.length; i++) hash = Math.imul(hash ^ indices[i], 0x01000193);
  return hash;
}

function areEqual(a: SparseRow, b: SparseRow): boolean {
  if (a.indices.length !== b.indices.length) return false;
  for (let i = 0; i < a.indices.length; i++) {
    if (a.indices[i] !== b.indices[i] || a.values[i] !== b.values[i]) return false;
  }
  return true;
}
