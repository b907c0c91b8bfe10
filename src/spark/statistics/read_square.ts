import { InputError } from "../../base/input_error.ts";
import type { Progress } from "../../base/progress.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";
import { inColumnOrder } from "../../models/neighbours/strongest_per_row.ts";
import type { PlaceRange } from "./place_ranges.ts";

/** Entries of a matrix in any order: rows, columns and values. */
export type Entries = {
  readonly i: Int32Array;
  readonly j: Int32Array;
  readonly value: Float32Array;
};

/** The most entries of a matrix on this machine: 1.6 GB with the copy that kernels work on. */
export const MOST_ENTRIES = 100_000_000;

/**
 * Puts the entries of a square matrix in order.
 *
 * @throws {InputError} If there are too many for this machine.
 */
export async function readSquare(batches: AsyncIterable<Entries>, size: number): Promise<Csr> {
  const parts: Entries[] = [];
  let entries = 0;
  for await (const part of batches) {
    parts.push(part);
    entries += part.i.length;
    if (entries <= MOST_ENTRIES) continue;
    throw new InputError(
      `Cannot fit a model from sums: it needs more than ${MOST_ENTRIES} pairs of products; leave ` +
        "it out (--models), or exclude bots (--max-events-per-user)",
    );
  }
  return square(parts, size, false);
}

/** The beginning of a symmetric matrix. */
export interface Leading {
  /** Absent rows and columns have no entries. */
  readonly matrix: Csr;
  /** How many of the first rows and columns it has. */
  readonly order: number;
}

/**
 * Reads a symmetric matrix column by column, as far as its entries fit into this machine's memory.
 *
 * @param ranges Of the columns, all of them in order.
 * @param entries The entries of some columns with i ≤ j; the others equal them.
 * @param options `size`: the order of the result. `most`: how many entries fit; default 100
 * million. `numbers`: those of the rows and columns in the result; default their own.
 */
export async function readSymmetric(
  ranges: readonly PlaceRange[],
  entries: (range: PlaceRange) => AsyncIterable<Entries>,
  { size, most = MOST_ENTRIES, numbers, progress = () => {} }: {
    size: number;
    most?: number;
    numbers?: Uint32Array;
    progress?: Progress;
  },
): Promise<Leading> {
  const parts: Entries[] = [];
  let count = 0;
  const numbered = (places: Int32Array) => numbers ? places.map((place) => numbers[place]) : places;
  for (const [done, range] of ranges.entries()) {
    progress(done / ranges.length);
    const own: Entries[] = [];
    for await (const { i, j, value } of entries(range)) {
      for (let p = 0; p < i.length; p++) count += i[p] === j[p] ? 1 : 2;
      if (count > most) return { matrix: square(parts, size, true), order: range.from };
      own.push({ i: numbered(i), j: numbered(j), value });
    }
    parts.push(...own);
  }
  return { matrix: square(parts, size, true), order: ranges.at(-1)?.to ?? 0 };
}

function square(parts: readonly Entries[], size: number, symmetric: boolean): Csr {
  const indptr = new Uint32Array(size + 1);
  for (const part of parts) eachEntry(part, symmetric, (row) => indptr[row + 1]++);
  for (let row = 0; row < size; row++) indptr[row + 1] += indptr[row];
  const next = indptr.slice(0, size);
  const indices = new Uint32Array(indptr[size]), values = new Float32Array(indptr[size]);
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
