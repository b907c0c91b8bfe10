import { InputError } from "../../base/input_error.ts";
import { type Csr, transpose } from "../../linalg/sparse/csr.ts";
import { groupStarts } from "../../linalg/sparse/group_positions.ts";

/** Entries of a matrix in any order: rows, columns and values. */
export type Entries = {
  readonly i: Int32Array;
  readonly j: Int32Array;
  readonly value: Float32Array;
};

/** The most entries that come to this machine: 3 GB while they are put in order. */
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
  let entries = 0;
  for await (const part of batches) {
    for (const some of symmetric ? [part, mirrored(part)] : [part]) {
      parts.push(some);
      entries += some.i.length;
    }
    if (entries <= MOST_ENTRIES) continue;
    throw new InputError(
      `Cannot fit a model from sums: more than ${MOST_ENTRIES} pairs of products have a user in ` +
        "common; leave this model out (--models), or exclude bots (--max-events-per-user)",
    );
  }
  const i = new Uint32Array(entries), j = new Uint32Array(entries);
  const value = new Float32Array(entries);
  let at = 0;
  for (const part of parts) {
    i.set(part.i, at);
    j.set(part.j, at);
    value.set(part.value, at);
    at += part.i.length;
  }
  // Grouped by column, then transposed, both rows and columns ascend.
  const indptr = groupStarts(j, size);
  const next = indptr.slice(0, size);
  const indices = new Uint32Array(entries), values = new Float32Array(entries);
  for (let p = 0; p < entries; p++) {
    const to = next[j[p]]++;
    indices[to] = i[p];
    values[to] = value[p];
  }
  return transpose({ rows: size, columns: size, indptr, indices, values });
}

/** The entries below the diagonal that equal those above. */
function mirrored({ i, j, value }: Entries): Entries {
  const isOff = (_: number, p: number) => i[p] !== j[p];
  return { i: j.filter(isOff), j: i.filter(isOff), value: value.filter(isOff) };
}
