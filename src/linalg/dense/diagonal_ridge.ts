import { solveRidge } from "./ridge.ts";

/** Vectors that were turned so that their Gram matrix is diagonal; no product changes if all turn alike. */
export interface DiagonalVectors {
  /** Length of a vector. */
  readonly factors: number;
  /** Y, row-major. */
  readonly vectors: Float32Array;
  /** The diagonal of α·YᵀY; `factors` numbers, at least 0. */
  readonly diagonal: ArrayLike<number>;
}

/** Some of the vectors, each with a weight. */
export interface WeightedRows {
  /** Numbers of vectors, each once. */
  readonly indices: Uint32Array;
  /** Parallel to the indices; at least 0. */
  readonly weights: ArrayLike<number>;
}

/** How {@linkcode solveDiagonalRidge} pulls. */
export interface DiagonalRidgeOptions {
  /** λ, above 0. */
  readonly lambda: number;
  /** b, at least 0. */
  readonly base: number;
}

/**
 * The vector whose products with a few vectors are pulled to 1, and with all vectors to 0 (Hu, Koren and Volinsky
 * 2008):
 *
 *   (α·YᵀY + λI + Σ w·y·yᵀ) x = Σ (w + b)·y
 *
 * In units of s = (d + λ)^(−½), d being the diagonal of α·YᵀY, this is a ridge regression of strength 1 on rows
 * √w·s·y with right-hand sides (w + b)/√w: solved in O(min(n, factors)² × max(n, factors)) for n rows. Rows that
 * weigh 0 count for nothing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // One vector y = 2, α·YᵀY = 8, λ = 4, w = 1: (8 + 4 + 4)·x = 2.
 * const rows = { indices: Uint32Array.of(0), weights: [1] };
 * const items = { factors: 1, vectors: Float32Array.of(2), diagonal: [8] };
 * assertEquals([...solveDiagonalRidge(rows, items, { lambda: 4, base: 0 })], [1 / 8]);
 * ```
 */
export function solveDiagonalRidge(
  weighted: WeightedRows,
  vectors: DiagonalVectors,
  options: DiagonalRidgeOptions,
): Float64Array {
  const { rows, targets, scales } = toRidge(weighted, vectors, options);
  const x = solveRidge(rows, targets, { width: vectors.factors, strength: 1 });
  for (let f = 0; f < x.length; f++) x[f] *= scales[f];
  return x;
}

/**
 * What each of the weighted vectors contributes to the product of {@linkcode solveDiagonalRidge}'s solution with
 * one vector z; the parts sum to it. With A the rows and t the right-hand sides of the ridge regression,
 *
 *   x·z = t·A(AᵀA + I)⁻¹(s·z)
 *
 * whose right part is a ridge regression on Aᵀ.
 *
 * @param z Its number among the vectors.
 */
export function diagonalRidgeParts(
  weighted: WeightedRows,
  vectors: DiagonalVectors,
  { z, ...options }: DiagonalRidgeOptions & { z: number },
): Float64Array {
  const { rows, targets, scales } = toRidge(weighted, vectors, options);
  const { factors } = vectors;
  const width = targets.length;
  if (width === 0) return targets;
  const columns = new Float64Array(rows.length);
  for (let i = 0; i < width; i++) {
    for (let f = 0; f < factors; f++) columns[f * width + i] = rows[i * factors + f];
  }
  const right = scales.map((scale, f) => scale * vectors.vectors[z * factors + f]);
  return solveRidge(columns, right, { width, strength: 1 }).map((part, i) => part * targets[i]);
}

/** The ridge regression of strength 1 that a weighted one on diagonal vectors is, in units of s. */
function toRidge(
  { indices, weights }: WeightedRows,
  { factors, vectors, diagonal }: DiagonalVectors,
  { lambda, base }: DiagonalRidgeOptions,
): { rows: Float64Array; targets: Float64Array; scales: Float64Array } {
  const scales = Float64Array.from(diagonal, (value) => 1 / Math.sqrt(value + lambda));
  const rows = new Float64Array(indices.length * factors);
  const targets = new Float64Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const root = Math.sqrt(weights[i]);
    if (root === 0) continue;
    targets[i] = (weights[i] + base) / root;
    for (let f = 0; f < factors; f++) {
      rows[i * factors + f] = root * scales[f] * vectors[indices[i] * factors + f];
    }
  }
  return { rows, targets, scales };
}
