import type { Csr } from "./csr.ts";

/** Which rows of a matrix are equal. */
export interface EqualRows {
  /** The group of each row, numbered in the order of their first rows. */
  readonly groupOf: Uint32Array;
  /** The first row of each group. */
  readonly firsts: Uint32Array;
}

/**
 * Finds the rows that hold the same, in time linear in the entries.
 *
 * @param keys A number per row, which rows of a group share, too. Default: none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // [7]
 * // [0]
 * // [7]
 * const matrix = {
 *   rows: 3,
 *   columns: 1,
 *   indptr: Uint32Array.of(0, 1, 1, 2),
 *   indices: Uint32Array.of(0, 0),
 *   values: Float32Array.of(7, 7),
 * };
 * assertEquals(equalRows(matrix), {
 *   groupOf: Uint32Array.of(0, 1, 0),
 *   firsts: Uint32Array.of(0, 1),
 * });
 * ```
 */
export function equalRows(matrix: Csr, keys?: ArrayLike<number>): EqualRows {
  const { rows } = matrix;
  const groupOf = new Uint32Array(rows);
  const firsts = new Uint32Array(rows);
  // A hash table of groups, counted from 1, with open addressing; at most half full.
  const table = new Uint32Array(2 ** Math.ceil(Math.log2(2 * rows + 1)));
  const bits = new Uint32Array(
    matrix.values.buffer,
    matrix.values.byteOffset,
    matrix.values.length,
  );
  let groups = 0;
  for (let row = 0; row < rows; row++) {
    let place = hashOf(matrix, bits, row) & table.length - 1;
    for (;; place = place + 1 & table.length - 1) {
      if (table[place] === 0) {
        firsts[groups] = row;
        table[place] = ++groups;
        break;
      }
      const first = firsts[table[place] - 1];
      if (keys?.[first] === keys?.[row] && areEqual(matrix, first, row)) break;
    }
    groupOf[row] = table[place] - 1;
  }
  return { groupOf, firsts: firsts.slice(0, groups) };
}

/** 32 bits of a row's columns and values (FNV-1a, with the high bits mixed into the low ones). */
function hashOf({ indptr, indices }: Csr, bits: Uint32Array, row: number): number {
  let hash = 0x811c9dc5;
  for (let p = indptr[row]; p < indptr[row + 1]; p++) {
    hash = Math.imul(hash ^ indices[p], 0x01000193);
    hash = Math.imul(hash ^ bits[p] ^ bits[p] >>> 16, 0x01000193);
  }
  return hash ^ hash >>> 15;
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
