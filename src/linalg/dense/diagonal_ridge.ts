import { ridgeInfluence, solveRidge } from "./ridge.ts";

/**
 * Vectors rotated so that their Gram matrix is diagonal; a common rotation preserves dot products.
 */
export interface DiagonalVectors {
  /** Length of a vector. */
  readonly factors: number;
  /** Y, row-major. */
  readonly vectors: Float32Array;
  /** The diagonal of α·YᵀY; `factors` numbers, at least 0. */
  readonly diagonal: ArrayLike<number>;
}

/** A subset of the vectors, with weights. */
export interface WeightedRows {
  /** Row numbers of vectors, without repeats. */
  readonly indices: Uint32Array;
  /** Parallel to the indices; at least 0. */
  readonly weights: ArrayLike<number>;
}

/** The regularization of {@linkcode solveDiagonalRidge}. */
export interface DiagonalRidgeOptions {
  /** λ, above 0. */
  readonly lambda: number;
}

/**
 * The vector x whose products with a few vectors are pulled to 1 and with all vectors to 0 (Hu,
 * Koren and Volinsky 2008):
 *
 *   (α·YᵀY + λI + Σ w·y·yᵀ) x = Σ w·y
 *
 * In units of s = (d + λ)^(−½), with d the diagonal of α·YᵀY, this is a ridge regression of
 * strength 1 on rows √w·s·y with targets w/√w, solved in O(min(n, factors)² × max(n, factors)) for
 * n rows. Rows of weight 0 are ignored.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // One vector y = 2, α·YᵀY = 8, λ = 4, w = 1: (8 + 4 + 4)·x = 2.
 * const rows = { indices: Uint32Array.of(0), weights: [1] };
 * const items = { factors: 1, vectors: Float32Array.of(2), diagonal: [8] };
 * assertEquals([...solveDiagonalRidge(rows, items, { lambda: 4 })], [1 / 8]);
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
 * The contribution of each weighted vector to x·z, the product of {@linkcode solveDiagonalRidge}'s
 * solution with one vector z; the parts sum to it. With A the rows and t the targets of the ridge
 * regression,
 *
 *   x·z = t·A(AᵀA + I)⁻¹(s·z)
 *
 * @returns The parts for one z, given as its row number among the vectors.
 */
export function diagonalRidgeParts(
  weighted: WeightedRows,
  vectors: DiagonalVectors,
  options: DiagonalRidgeOptions,
): (z: number) => Float64Array {
  const { rows, targets, scales } = toRidge(weighted, vectors, options);
  const { factors } = vectors;
  const influence = ridgeInfluence(rows, targets.length, { width: factors, strength: 1 });
  return (z) => {
    const point = scales.map((scale, f) => scale * vectors.vectors[z * factors + f]);
    return influence(point).map((part, i) => part * targets[i]);
  };
}

/** The equivalent ridge regression of strength 1, in units of s. */
function toRidge(
  { indices, weights }: WeightedRows,
  { factors, vectors, diagonal }: DiagonalVectors,
  { lambda }: DiagonalRidgeOptions,
): { rows: Float64Array; targets: Float64Array; scales: Float64Array } {
  const scales = Float64Array.from(diagonal, (value) => 1 / Math.sqrt(value + lambda));
  const rows = new Float64Array(indices.length * factors);
  const targets = new Float64Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const root = Math.sqrt(weights[i]);
    if (root === 0) continue;
    targets[i] = weights[i] / root;
    for (let f = 0; f < factors; f++) {
      rows[i * factors + f] = root * scales[f] * vectors[indices[i] * factors + f];
    }
  }
  return { rows, targets, scales };
}
