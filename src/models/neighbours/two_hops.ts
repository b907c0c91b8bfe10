import type { Profile } from "../../interactions/history.ts";
import { type Csr, transpose } from "../../linalg/sparse/csr.ts";

/** Sums of a walk; valid until the next one. */
export interface TwoHops {
  /** One per item. */
  readonly values: Float32Array;
  /** The items whose values aren't 0, each once. Default: any may not be. */
  readonly touched?: Uint32Array;
}

/** Below this many pairs per item, noting the items of a walk takes less time than all items do. */
const FEW_PAIRS = 1 / 8;

/**
 * Prepares a walk from a history's items over their users to those users' items: r·AᵀA for a
 * sparse matrix A of users × items without negative numbers, as (r·Aᵀ)·A, so that AᵀA is never
 * computed. Stores the transpose of A, one number per user and two per item, besides A.
 *
 * @returns A function that walks from a profile, in time linear in the items and in the pairs that
 * it visits, at most twice those of A.
 */
export function createTwoHops(matrix: Csr): (profile: Profile) => TwoHops {
  const byItem = transpose(matrix);
  const { starts, ends, indices, values: parts } = layOutByPopularity(matrix, byItem);
  // Zero between calls, so that a short history clears only what it touches.
  const reached = new Float64Array(matrix.rows);
  const users = new Uint32Array(matrix.rows);
  const values = new Float32Array(matrix.columns);
  const items = new Uint32Array(matrix.columns);

  /** Sets `reached` to r·Aᵀ. Returns the number of `users` whose number isn't 0. */
  function reachUsers({ items, ratings }: Profile): number {
    let count = 0;
    for (let i = 0; i < items.length; i++) {
      for (let p = byItem.indptr[items[i]]; p < byItem.indptr[items[i] + 1]; p++) {
        const user = byItem.indices[p];
        const part = ratings[i] * byItem.values[p];
        if (part === 0) continue;
        if (reached[user] === 0) users[count++] = user;
        reached[user] += part;
      }
    }
    return count;
  }

  function pairsOf(count: number): number {
    let pairs = 0;
    for (let i = 0; i < count; i++) pairs += ends[users[i]] - starts[users[i]];
    return pairs;
  }

  function addRows(count: number): void {
    for (let i = 0; i < count; i++) {
      const weight = reached[users[i]];
      const end = ends[users[i]];
      for (let p = starts[users[i]]; p < end; p++) values[indices[p]] += weight * parts[p];
    }
  }

  /** Does the same and notes the items. Returns their number. */
  function addFewRows(count: number): number {
    let touched = 0;
    for (let i = 0; i < count; i++) {
      const weight = reached[users[i]];
      const end = ends[users[i]];
      for (let p = starts[users[i]]; p < end; p++) {
        const item = indices[p], before = values[item];
        values[item] = before + weight * parts[p];
        // A part so small that it rounds to 0 leaves the item untouched.
        if (before === 0 && values[item] !== 0) items[touched++] = item;
      }
    }
    return touched;
  }

  return (profile) => {
    values.fill(0);
    const count = reachUsers(profile);
    let touched: Uint32Array | undefined;
    if (pairsOf(count) < FEW_PAIRS * values.length) touched = items.subarray(0, addFewRows(count));
    else addRows(count);
    for (let i = 0; i < count; i++) reached[users[i]] = 0;
    return { values, touched };
  };
}

/** Rows of a matrix in another order: `starts` and `ends` by row, the entries of each as before. */
interface LaidOut extends Pick<Csr, "indices" | "values"> {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * Lays rows out by the item that most rows have: rows that a walk visits from one item are near
 * each other, which takes less time to read. The walk itself visits them in the same order.
 */
function layOutByPopularity({ rows, indptr, indices, values }: Csr, byItem: Csr): LaidOut {
  const starts = new Uint32Array(rows), ends = new Uint32Array(rows);
  const laidOut = {
    indices: new Uint32Array(indices.length),
    values: new Float32Array(values.length),
  };
  const countOf = (item: number) => byItem.indptr[item + 1] - byItem.indptr[item];
  const byPopularity = Uint32Array.from({ length: byItem.rows }, (_, item) => item)
    .sort((a, b) => countOf(b) - countOf(a));
  let at = 0;
  for (const item of byPopularity) {
    for (let p = byItem.indptr[item]; p < byItem.indptr[item + 1]; p++) {
      const row = byItem.indices[p];
      if (ends[row] > 0) continue;
      starts[row] = at;
      for (let q = indptr[row]; q < indptr[row + 1]; q++, at++) {
        laidOut.indices[at] = indices[q];
        laidOut.values[at] = values[q];
      }
      ends[row] = at;
    }
  }
  return { ...laidOut, starts, ends };
}
