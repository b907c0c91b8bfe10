import { inTwoParts, type Progress } from "../../base/progress.ts";
import type { CoRatings } from "../../interactions/statistics.ts";
import { nearestColumns } from "../../linalg/kernels/nearest.ts";
import { type Csr, csrOfRows, type SparseRow, transpose } from "../../linalg/sparse/csr.ts";
import type { RegressOptions } from "./regress_items.ts";
import { diagonalOf, scaleRatings, squaredLengths } from "./scale_ratings.ts";
import { strongestPerRow } from "./strongest_per_row.ts";

/** Numbers, of 4 bytes each, that the systems of one block of items may take. */
const BLOCK_NUMBERS = 2 ** 26;

/**
 * A sparse approximation of {@linkcode regressItems}: each item is predicted only from its nearest,
 * by a system of their size, solved exactly. That is a sparse approximate inverse whose pattern is
 * given (Benson 1973), and SLIM with selected features (Ning and Karypis 2011) without its bounds.
 * The nearest are those with the largest |G_ij| / √((G_ii + λ)·(G_jj + λ)) of the scaled ratings.
 *
 * Takes O(Σ n_u²) per block of items, as many as fit into 256 MB with 2 bytes × neighbors² each,
 * and O(items × neighbors³).
 *
 * @param coRatings Of the items to predict and to predict from.
 * @returns B, items × items.
 */
export async function regressNearest(
  coRatings: CoRatings,
  options: RegressOptions,
  progress?: Progress,
): Promise<Csr> {
  const { kind, items } = coRatings;
  const { scaled, pulls } = scaleRatings(coRatings, options.frequencyPower);
  const { regularization: lambda, neighbors, itemCount } = options;
  const diagonal = kind === "gram" ? diagonalOf(scaled) : squaredLengths(scaled);
  const norms = diagonal.map((square) => square + lambda);
  const [finding, solving] = inTwoParts(progress);
  const near = kind === "gram"
    ? nearestByGram(scaled, { norms, keep: neighbors }, finding)
    : await nearestColumns(scaled, {
      ...{ similarity: "cosine", shrinkage: 0, keep: neighbors, norms, damped: norms },
      damping: new Float64Array(scaled.rows).fill(1),
    }, finding);
  const gramRow = kind === "gram" ? readGramRows(scaled) : createGramRows(scaled);
  /** Rows of Bᵀ. */
  const kept = new Array<SparseRow | undefined>(itemCount);
  const size = Math.max(1, Math.floor(2 * BLOCK_NUMBERS / (neighbors + 1) ** 2));
  for (let start = 0; start < items.length; start += size) {
    const block = { start, end: Math.min(start + size, items.length) };
    for (const { column, members, system } of systemsOf(block, near, gramRow)) {
      const solution = regressLast(system, members.length, lambda);
      const others = members.subarray(0, -1);
      kept[items[column]] = {
        indices: others.map((member) => items[member]),
        values: Float32Array.from(
          others,
          (member, i) => solution[i] * pulls[column] / pulls[member],
        ),
      };
    }
    solving(block.end / items.length);
  }
  return transpose(csrOfRows(kept, itemCount));
}

/** The lower triangle of G over an item, the last, and its nearest; row by row. */
interface ItemSystem {
  readonly column: number;
  readonly members: Uint32Array;
  readonly system: Float32Array;
}

/** The systems of a block of items. Each row of G is computed once for all of them. */
function systemsOf(
  { start, end }: { start: number; end: number },
  near: Csr,
  gramRow: (item: number) => Float32Array,
): ItemSystem[] {
  const systems = Array.from({ length: end - start }, (_, i): ItemSystem => {
    const column = start + i;
    const own = near.indices.subarray(near.indptr[column], near.indptr[column + 1]);
    const members = Uint32Array.of(...own, column);
    return { column, members, system: new Float32Array(triangle(members.length)) };
  });
  const places = new Map<number, [system: ItemSystem, place: number][]>();
  for (const system of systems) {
    system.members.forEach((member, place) => {
      const of = places.get(member);
      if (of) of.push([system, place]);
      else places.set(member, [[system, place]]);
    });
  }
  for (const [item, own] of places) {
    const row = gramRow(item);
    for (const [{ members, system }, place] of own) {
      const first = triangle(place);
      for (let other = 0; other <= place; other++) system[first + other] = row[members[other]];
    }
  }
  return systems;
}

/** The number of entries of a lower triangle, and the first entry of its next row. */
function triangle(rows: number): number {
  return rows * (rows + 1) / 2;
}

/** The nearest columns of each column by G_ij / √(norm_i · norm_j). */
function nearestByGram(
  { rows: size, indptr, indices, values }: Csr,
  { norms, keep }: { norms: Float64Array; keep: number },
  progress: Progress,
): Csr {
  return strongestPerRow({
    size,
    keep,
    accumulate(row, add) {
      for (let p = indptr[row]; p < indptr[row + 1]; p++) {
        if (indices[p] !== row) add(indices[p], values[p]);
      }
    },
    finish: (row, column, sum) => sum / Math.sqrt(norms[row] * norms[column]),
  }, progress);
}

/** Makes a function that reads a row of G; valid until the next call. */
function readGramRows({ columns, indptr, indices, values }: Csr): (item: number) => Float32Array {
  const row = new Float32Array(columns);
  let [start, end] = [0, 0];
  return (item) => {
    for (let p = start; p < end; p++) row[indices[p]] = 0;
    [start, end] = [indptr[item], indptr[item + 1]];
    for (let p = start; p < end; p++) row[indices[p]] = values[p];
    return row;
  };
}

/** Makes a function that computes a row of G = AᵀA; valid until the next call. */
function createGramRows(a: Csr): (item: number) => Float32Array {
  const byItem = transpose(a);
  const row = new Float32Array(a.columns);
  const touched = new Uint32Array(a.columns);
  let count = 0;
  return (item) => {
    for (let i = 0; i < count; i++) row[touched[i]] = 0;
    count = 0;
    for (let p = byItem.indptr[item]; p < byItem.indptr[item + 1]; p++) {
      const user = byItem.indices[p], rating = byItem.values[p];
      for (let q = a.indptr[user]; q < a.indptr[user + 1]; q++) {
        const other = a.indices[q];
        if (row[other] === 0) touched[count++] = other;
        row[other] += rating * a.values[q];
      }
    }
    return row;
  };
}

/**
 * Predicts the last item of a system from the others: −P_in / P_nn with P = (G + λI)⁻¹. With the
 * Cholesky factor L of G + λI, the last column of P solves Lᵀ·p = e_n / L_nn, so that only L needs
 * to be computed.
 */
function regressLast(system: Float32Array, size: number, lambda: number): Float64Array {
  const factor = Float64Array.from(system);
  for (let i = 0; i < size; i++) {
    const row = triangle(i);
    for (let j = 0; j <= i; j++) {
      const other = triangle(j);
      let sum = factor[row + j] + (i === j ? lambda : 0);
      for (let k = 0; k < j; k++) sum -= factor[row + k] * factor[other + k];
      factor[row + j] = i === j ? Math.sqrt(sum) : sum / factor[other + j];
    }
  }
  const weights = new Float64Array(size - 1);
  for (let i = size - 2; i >= 0; i--) {
    let sum = factor[triangle(size - 1) + i];
    for (let k = i + 1; k < size - 1; k++) sum -= factor[triangle(k) + i] * weights[k];
    weights[i] = sum / factor[triangle(i) + i];
  }
  return weights;
}
