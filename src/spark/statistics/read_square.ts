import { InputError } from "../../base/input_error.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";
import { inColumnOrder } from "../../models/neighbours/strongest_per_row.ts";

/** Entries of a matrix in any order: rows, columns and values. */
export type Entries = {
  readonly i: Int32Array;
  readonly j: Int32Array;
  readonly value: Float32Array;
};

/** The most entries that come to this machine: 2 GB while they are put in order. */
const MOST_ENTRIES = 2 ** 27;

/**
 * Puts the entries of a square matrix in order.
 *
 * @param options `symmetric`: whether only the entries with i ≤ j come, and the others equal them.
 * @throws {InputError} If there are too many for this machine.
 */
export async function readSquare(
  batches: AsyncIterable<Entries>,
  { size, symmetric = false }: { size: number; symmetric?: boolean },
): Promise<Csr> {
  const parts: Entries[] = [];
  const indptr = new Uint32Array(size + 1);
  let entries = 0;
  for await (const part of batches) {
    parts.push(part);
    eachEntry(part, symmetric, (row) => {
      indptr[row + 1]++;
      entries++;
    });
    if (entries <= MOST_ENTRIES) continue;
    throw new InputError(
      `Cannot fit a model from sums: more than ${MOST_ENTRIES} pairs of products have a user in ` +
        "common; leave this model out (--models), or exclude bots (--max-events-per-user)",
    );
  }
  for (let row = 0; row < size; row++) indptr[row + 1] += indptr[row];
  const next = indptr.slice(0, size);
  const indices = new Uint32Array(entries), values = new Float32Array(entries);
  for (const part of parts) {
    eachEntry(part, symmetric, (row, column, value) => {
      const to = next[row]++;
      indices[to] = column;
      values[to] = value;
    });
  }
  // Row by row, since a second copy of all would take as much again.
  for (let row = 0; row < size; row++) {
    const [start, end] = [indptr[row], indptr[row + 1]];
    const sorted = inColumnOrder({
      indices: indices.subarray(start, end),
      scores: values.subarray(start, end),
    });
    indices.set(sorted.indices, start);
    values.set(sorted.values, start);
  }
  return { rows: size, columns: size, indptr, indices, values };
}

/** Visits entries and, of a symmetric matrix, those that equal them. */
function eachEntry(
  { i, j, value }: Entries,
  symmetric: boolean,
  visit: (row: number, column: number, value: number) => void,
): void {
  for (let p = 0; p < i.length; p++) {
    visit(i[p], j[p], value[p]);
    if (symmetric && i[p] !== j[p]) visit(j[p], i[p], value[p]);
  }
}
