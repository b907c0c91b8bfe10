import { type Csr, transpose } from "../sparse/csr.ts";
import { type DiagonalVectors, solveDiagonalRidge } from "./diagonal_ridge.ts";
import { columnGram } from "./gram.ts";
import { rowProducts } from "./row_products.ts";
import { symmetricEigen } from "./symmetric_eigen.ts";

/** What {@linkcode alternateLeastSquares} minimises. */
export interface AlternationOptions {
  /** Length of the vectors. */
  readonly factors: number;
  /** Sweeps over users and items. */
  readonly iterations: number;
  /** α, the weight of every pair, met or not; at least 0. */
  readonly unobservedWeight: number;
  /** b: a pair that was met pulls the product towards 1 with its weight and so much more. */
  readonly base: number;
  /** λ of each user, above 0. */
  readonly userRegularization: Float32Array;
  /** λ of each item, above 0. */
  readonly itemRegularization: Float32Array;
}

/**
 * Factorises a matrix of weights by alternating least squares (Hu, Koren and Volinsky 2008), exactly: all users'
 * vectors for the items' as they are, then all items' for the users', and so on. Once a sweep the fixed vectors are
 * turned so that their Gram matrix is diagonal: its inverse is then known for every λ, and
 * {@linkcode solveDiagonalRidge} can solve a short row in a small system.
 *
 * Takes O((users + items) × factors² + Σ min(n, factors)² × max(n, factors)) an iteration, n being the entries of
 * a row.
 *
 * @param weights Users × items, none below 0.
 * @param start The items' vectors to begin with, row-major.
 * @returns The items' vectors, turned; zero for items that nobody met.
 */
export function alternateLeastSquares(
  weights: Csr,
  start: Float32Array,
  options: AlternationOptions,
  progress: (done: number) => void = () => {},
): DiagonalVectors {
  const { iterations, userRegularization, itemRegularization } = options;
  const byItem = transpose(weights);
  let items = diagonalize(start, options);
  for (let i = 0; i < iterations; i++) {
    const users = diagonalize(solveRows(weights, items, userRegularization, options), options);
    progress((i + 0.5) / iterations);
    items = diagonalize(solveRows(byItem, users, itemRegularization, options), options);
    progress((i + 1) / iterations);
  }
  return items;
}

function solveRows(
  { rows, indptr, indices, values }: Csr,
  fixed: DiagonalVectors,
  lambdas: Float32Array,
  { factors, base }: AlternationOptions,
): Float32Array {
  const vectors = new Float32Array(rows * factors);
  for (let row = 0; row < rows; row++) {
    const own = {
      indices: indices.subarray(indptr[row], indptr[row + 1]),
      weights: values.subarray(indptr[row], indptr[row + 1]),
    };
    const options = { lambda: lambdas[row], base };
    vectors.set(solveDiagonalRidge(own, fixed, options), row * factors);
  }
  return vectors;
}

/** So many vectors are turned at a time. */
const CHUNK = 4096;

/** YᵀY = W·Λ·Wᵀ, so the Gram matrix of Y·W is Λ. */
function diagonalize(
  vectors: Float32Array,
  { factors, unobservedWeight }: AlternationOptions,
): DiagonalVectors {
  const { values, vectors: w } = symmetricEigen(columnGram(vectors, factors), factors);
  const turn = Float32Array.from(
    w,
    (_, at) => w[at % factors * factors + Math.floor(at / factors)],
  );
  const turned = new Float32Array(vectors.length);
  for (let at = 0; at < vectors.length; at += CHUNK * factors) {
    const chunk = Float64Array.from(vectors.subarray(at, at + CHUNK * factors));
    rowProducts(turn, chunk, { width: factors, out: turned.subarray(at, at + chunk.length) });
  }
  const diagonal = values.map((value) => unobservedWeight * Math.max(0, value));
  return { factors, vectors: turned, diagonal };
}
