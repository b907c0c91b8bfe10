import type { Csr } from "../sparse/csr.ts";

/** How {@linkcode ridgeInverse} solves. */
export interface RidgeInverseOptions {
  /** λ, above 0. */
  readonly lambda: number;
  /** How long the residual of a column may be, beside 1 of the column of I that it is to give. */
  readonly tolerance: number;
  /** Told the columns in their order; the array is reused. */
  readonly visit: (column: number, values: Float32Array) => void;
}

/** More steps than any system takes that is worth solving. */
export const MOST_STEPS = 500;

/**
 * The inverse of AᵀA + λI of a sparse matrix, column by column, by conjugate gradients (Hestenes and Stiefel 1952):
 * neither AᵀA nor the inverse is ever held.
 *
 * Takes O(steps × columns × entries).
 *
 * @returns Whether all columns converged; it ends at the first that doesn't, because λ is too small beside the
 * largest singular value.
 */
export function ridgeInverse(
  matrix: Csr,
  { lambda, tolerance, visit }: RidgeInverseOptions,
  progress: (done: number) => void = () => {},
): boolean {
  const { columns } = matrix;
  for (let column = 0; column < columns; column++) {
    const solution = solveColumn(matrix, column, { lambda, tolerance });
    if (!solution) return false;
    visit(column, solution);
    progress((column + 1) / columns);
  }
  return true;
}

function solveColumn(
  matrix: Csr,
  column: number,
  { lambda, tolerance }: { lambda: number; tolerance: number },
): Float32Array | undefined {
  const x = new Float64Array(matrix.columns);
  const residual = new Float64Array(matrix.columns);
  residual[column] = 1;
  const direction = residual.slice();
  let norm = 1;
  for (let i = 0; norm > tolerance ** 2; i++) {
    if (i === MOST_STEPS) return undefined;
    const product = multiply(matrix, direction, lambda);
    const step = norm / dot(direction, product);
    for (let j = 0; j < x.length; j++) {
      x[j] += step * direction[j];
      residual[j] -= step * product[j];
    }
    const before = norm;
    norm = dot(residual, residual);
    for (let j = 0; j < x.length; j++) direction[j] = residual[j] + norm / before * direction[j];
  }
  return Float32Array.from(x);
}

/** (AᵀA + λI)·p, row of A by row. */
function multiply(
  { rows, indptr, indices, values }: Csr,
  p: Float64Array,
  lambda: number,
): Float64Array {
  const product = p.map((value) => lambda * value);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = indptr[row]; at < indptr[row + 1]; at++) sum += values[at] * p[indices[at]];
    for (let at = indptr[row]; at < indptr[row + 1]; at++) {
      product[indices[at]] += values[at] * sum;
    }
  }
  return product;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
