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
  shape: RidgeShape,
): Float64Array {
  const { isDual, columns, factor } = factorize(rows, y.length, shape);
  const solution = isDual ? y.slice() : timesVector(columns, y, shape.width);
  solveCholesky(factor, solution);
  return isDual ? timesVector(columns, solution, shape.width) : solution;
}

/** The length of a regression's rows, and its strength. */
export interface RidgeShape {
  readonly width: number;
  /** λ, above 0. */
  readonly strength: number;
}

/**
 * How much each target of {@linkcode solveRidge} counts at a point a: its prediction a·x is c·y,
 * with
 *
 *   c = A(AᵀA + λI)⁻¹a = (AAᵀ + λI)⁻¹A·a
 *
 * The smaller of the two systems is factorized once for all points.
 *
 * @param height The number of rows of A.
 * @returns c for a point of length `width`; `height` numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // One row: c = a·p / (a·a + λ).
 * const influence = ridgeInfluence(Float64Array.of(1, 2), 1, { width: 2, strength: 4 });
 * assertEquals([...influence(Float64Array.of(7, 1))], [1]);
 * ```
 */
export function ridgeInfluence(
  rows: Float64Array,
  height: number,
  shape: RidgeShape,
): (point: Float64Array) => Float64Array {
  const { isDual, factor } = factorize(rows, height, shape);
  return (point) => {
    const solution = isDual ? timesVector(rows, point, height) : point.slice();
    solveCholesky(factor, solution);
    return isDual ? solution : timesVector(rows, solution, height);
  };
}

/** The Cholesky factor of the smaller of AAᵀ + λI (dual) and AᵀA + λI, and Aᵀ. */
function factorize(
  rows: Float64Array,
  height: number,
  { width, strength }: RidgeShape,
): { isDual: boolean; columns: Float64Array; factor: Float64Array } {
  const isDual = height < width;
  const columns = transposed(rows, height, width);
  const factor = isDual ? gramOfRows(rows, height, width) : gramOfRows(columns, width, height);
  const size = isDual ? height : width;
  for (let i = 0; i < size; i++) factor[i * size + i] += strength;
  cholesky(factor, size);
  return { isDual, columns, factor };
}

function transposed(rows: Float64Array, height: number, width: number): Float64Array {
  const columns = new Float64Array(rows.length);
  for (let i = 0; i < height; i++) {
    for (let f = 0; f < width; f++) columns[f * height + i] = rows[i * width + f];
  }
  return columns;
}

/**
 * The lower triangle of A·Aᵀ, and some of the upper one. Four sums at a time: each step of a sum
 * waits for the one before, but not for other sums.
 */
function gramOfRows(a: Float64Array, height: number, width: number): Float64Array {
  const gram = new Float64Array(height * height);
  const last = height - 1;
  for (let i = 0; i < height; i++) {
    const row = i * width;
    for (let j = 0; j <= i; j += 4) {
      // Beyond the last row, the last one is repeated, with the same result.
      const j1 = Math.min(j + 1, last), j2 = Math.min(j + 2, last), j3 = Math.min(j + 3, last);
      const p0 = j * width, p1 = j1 * width, p2 = j2 * width, p3 = j3 * width;
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let f = 0; f < width; f++) {
        const value = a[row + f];
        s0 += value * a[p0 + f];
        s1 += value * a[p1 + f];
        s2 += value * a[p2 + f];
        s3 += value * a[p3 + f];
      }
      gram[i * height + j] = s0;
      gram[i * height + j1] = s1;
      gram[i * height + j2] = s2;
      gram[i * height + j3] = s3;
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
