import { sum } from "../../base/statistics.ts";
import type { Csr } from "../sparse/csr.ts";
import { randomizedSvd } from "./randomized_svd.ts";
import { createSpace, placeCsr, placeFloats, type Space } from "./space.ts";
import { createTeam } from "./team.ts";

/** How {@linkcode invertRidge} solves. */
export interface InvertRidgeOptions {
  /** λ, above 0. */
  readonly lambda: number;
  /**
   * The length of a column's residual at which it has converged; the right-hand side has length 1.
   */
  readonly tolerance: number;
  /** Receives the columns in order; the array is reused. */
  readonly visit: (column: number, values: Float32Array) => void;
  /** Default: one per processor if there is enough work, else 1. */
  readonly threads?: number;
}

/** Steps after which a column counts as not converging; well-conditioned systems take fewer. */
const MAX_STEPS = 500;

/** Columns solved side by side. */
const PANEL = 16;

/** Panels per thread and round; columns are visited after each round. */
const PANELS_PER_ROUND = 4;

/** Singular vectors that span the space of the initial guess. */
const GUESSED = 128;

/** Multiplications per step, over all columns, from which starting Workers pays off. */
const WORK_FOR_THREADS = 1e8;

/**
 * The inverse of AᵀA + λI of a sparse matrix, column by column, by conjugate gradients (Hestenes
 * and Stiefel 1952), without storing AᵀA or the inverse. Runs compiled kernels in single precision,
 * sixteen columns at a time and on several threads; the result is the same to the last bit with any
 * number of threads.
 *
 * The initial guess is the best in the space of the largest singular vectors, which are computed
 * first, so only the smaller ones remain to converge: a handful of steps instead of dozens.
 *
 * Takes O(steps × columns × entries), and memory of 4 bytes × columns × (128 + 128 per thread) and
 * 8 bytes per entry.
 *
 * @returns Whether all columns converged. Stops soon after the first that doesn't, because λ is too
 * small beside the largest singular value.
 */
export async function invertRidge(
  matrix: Csr,
  { lambda, tolerance, visit, threads }: InvertRidgeOptions,
  progress: (done: number) => void = () => {},
): Promise<boolean> {
  const space = createSpace();
  const { rows, columns } = matrix;
  const { indptr, indices, values } = placeCsr(space, matrix);
  const { basis, width, start, rest } = await placeGuess(space, matrix, lambda);
  const isLarge = columns * matrix.indices.length > WORK_FOR_THREADS;
  const size = threads ?? (isLarge ? navigator.hardwareConcurrency : 1);
  using team = createTeam(space, { threads: size, scratch: (3 * columns + width + 2) * PANEL });
  const panels = Array.from(
    { length: PANELS_PER_ROUND * size },
    () => space.floats((columns + 1) * PANEL),
  );
  const solution = new Float32Array(columns);
  for (let round = 0; round < columns; round += panels.length * PANEL) {
    const firsts = panels.map((_, i) => round + i * PANEL).filter((first) => first < columns);
    await team.run(
      "solvePanel",
      firsts.map((first, i) => [
        first,
        rows,
        indptr.byteOffset,
        indices.byteOffset,
        values.byteOffset,
        columns,
        lambda,
        tolerance,
        MAX_STEPS,
        basis.byteOffset,
        width,
        start.byteOffset,
        rest,
        panels[i].byteOffset,
      ]),
    );
    for (const [i, first] of firsts.entries()) {
      if (!hasConverged(panels[i], tolerance)) return false;
      for (let column = first; column < Math.min(first + PANEL, columns); column++) {
        readColumn(panels[i], column - first, solution);
        visit(column, solution);
        progress((column + 1) / columns);
      }
    }
  }
  return true;
}

/**
 * With σ and V the largest singular values and their right vectors,
 *
 *   (AᵀA + λI)⁻¹ ≈ V·diag(1/(σ² + λ) − c)·Vᵀ + c·I
 *
 * where 1/c is λ plus the mean over the diagonal of AᵀA that the singular values don't explain.
 */
async function placeGuess(space: Space, matrix: Csr, lambda: number) {
  const width = Math.min(GUESSED, matrix.rows, matrix.columns);
  const { singularValues, rightVectors } = await randomizedSvd(matrix, {
    rank: width,
    iterations: 3,
    seed: 1,
  });
  const squares = singularValues.map((value) => value * value);
  const total = matrix.values.reduce((sum, value) => sum + value * value, 0);
  const unexplained = Math.max(0, total - sum(squares));
  const rest = 1 / (lambda + unexplained / matrix.columns);
  const basis = placeFloats(space, rightVectors);
  const start = placeFloats(space, squares.map((square) => 1 / (square + lambda) - rest));
  return { basis, width, start, rest };
}

/** Checks the squared lengths of the residuals, which the kernel writes after the solutions. */
function hasConverged(panel: Float32Array, tolerance: number): boolean {
  const limit = Math.fround(Math.fround(tolerance) ** 2);
  return panel.subarray(panel.length - PANEL).every((square) => square <= limit);
}

function readColumn(panel: Float32Array, column: number, into: Float32Array): void {
  for (let i = 0, at = column; i < into.length; i++, at += PANEL) into[i] = panel[at];
}
