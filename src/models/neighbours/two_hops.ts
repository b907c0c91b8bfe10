import type { Profile } from "../../interactions/history.ts";
import { type Csr, transpose } from "../../linalg/sparse/csr.ts";
import type { SparseSums } from "../../linalg/sparse/sparse_scores.ts";

/**
 * Prepares a walk from a history's items over their users to those users' items: scores += r·AᵀA
 * for a sparse matrix A of users × items, as (r·Aᵀ)·A, so that AᵀA is never computed. Stores the
 * transpose of A and one number per user, besides A.
 *
 * @returns A function that adds to the scores of a profile, in time linear in the pairs that it
 * visits, at most twice those of A.
 */
export function createTwoHops(matrix: Csr): (profile: Profile, scores: SparseSums) => void {
  const byItem = transpose(matrix);
  // Zero between calls, so that a short history clears only what it touches.
  const reached = new Float64Array(matrix.rows);
  const users = new Uint32Array(matrix.rows);

  return ({ items, ratings }, scores) => {
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
    for (let i = 0; i < count; i++) {
      const user = users[i];
      scores.addRow(matrix, user, reached[user]);
      reached[user] = 0;
    }
  };
}
