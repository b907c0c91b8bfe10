import { cholesky, solveCholesky } from "./cholesky.ts";

/**
 * Ridge regression (Hoerl and Kennard 1970): the x that minimizes |A·x − y|² + λ|x|².
 *
 *   x = Aᵀ(AAᵀ + λI)⁻¹y = (AᵀA + λI)⁻¹Aᵀy
 *
 * Solves the smaller of the two systems, in O(min(n, w)² × max(n, w)) for n rows of width w.
 *
 * @param rows The matrix A, row-major.
 * @param y One target per row.
 * @param shape `width` is the length of a row; `strength` is λ, above 0.
 * @returns x, of length `width`; zero if there are no rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // One row: x = a·y / (a·a + λ).
 * const x = solveRidge(Float64Array.of(1, 2), Float64Array.of(9), { width: 2, strength: 4 });
 * assertEquals([...x], [1, 2]);
 * ```
 */
export function solveRidge(
  rows: Float64Array,
  y: Float64Array,
  { width, strength }: { width: number; strength: number },
): Float64Array {
  const dual = y.length < width;
  const columns = transposed(rows, y.length, width);
  const gram = dual ? gramOfRows(rows, y.length, width) : gramOfRows(columns, width, y.length);
  const size = dual ? y.length : width;
  for (let i = 0; i < size; i++) gram[i * size + i] += strength;
  cholesky(gram, size);
  const solution = dual ? y.slice() : timesVector(columns, y, width);
  solveCholesky(gram, solution);
  return dual ? timesVector(columns, solution, width) : solution;
}

function transposed(rows: Float64Array, height: number, width: number): Float64Array {
  const columns = new Float64Array(rows.length);
  for (let i = 0; i < height; i++) {
    for (let f = 0; f < width; f++) columns[f * height + i] = rows[i * width + f];
  }
  return columns;
}

/** The lower triangle of A·Aᵀ. */
function gramOfRows(a: Float64Array, height: number, width: number): Float64Array {
  const gram = new Float64Array(height * height);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let f = 0; f < width; f++) sum += a[i * width + f] * a[j * width + f];
      gram[i * height + j] = sum;
    }
  }
  return gram;
}

function timesVector(a: Float64Array, x: Float64Array, height: number): Float64Array {
  const width = x.length;
  const product = new Float64Array(height);
  for (let i = 0; i < height; i++) {
    for (let f = 0; f < width; f++) product[i] += a[i * width + f] * x[f];
  }
  return product;
}
