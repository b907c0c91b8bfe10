import type { Csr } from "../sparse/csr.ts";
import { createTallMatrices } from "./tall_matrices.ts";
import type { TallMatrices } from "./tall_plan.ts";
import { orthonormalizer } from "../dense/orthonormalize.ts";
import { createRandom, type Random } from "../random.ts";
import { symmetricEigen } from "../dense/symmetric_eigen.ts";

/** The size and the accuracy of {@linkcode randomizedSvd}. */
export interface RandomizedSvdOptions {
  /** Number of singular values; at least 1, at most the smaller side of the matrix. */
  readonly rank: number;
  /**
   * Number of times the matrix is multiplied by `rank` vectors; at least 1. The more slowly the
   * singular values decay, the more are needed.
   */
  readonly iterations: number;
  /** Determines the random start. */
  readonly seed: number;
  /** Default: one per processor if there is enough work, else 1. */
  readonly threads?: number;
}

/** Σ and V of a truncated SVD, A ≈ U·Σ·Vᵀ. */
export interface RightSvd {
  /** Largest first; zeros at the end if the matrix has a lower rank. */
  readonly singularValues: Float64Array;
  /**
   * V, row-major, columns of A × rank. Its columns are orthonormal; zero for singular values of
   * zero.
   */
  readonly rightVectors: Float32Array;
}

/** Blocks per iteration: narrow blocks find more with the same number of products. */
const BLOCKS_PER_ITERATION = 4;

/** Memory limit of the blocks, in bytes; leaves enough of the kernels' 4 GiB for the rest. */
const MAX_BYTES = 2 ** 31;

/** Block widths are multiples of this. */
const LANES = 8;

/** An eigenvalue of AᵀA below this share of the largest is zero up to rounding. */
const ZERO = 1e-12;

/**
 * Multiplications from which starting Workers pays off; within a Worker that takes up to a second.
 */
const WORK_FOR_THREADS = 3e9;

/**
 * The largest singular values of a sparse matrix and their right singular vectors, by a randomized
 * block Krylov method (Musco and Musco 2015). With X a block of random vectors, a quarter as many
 * as the rank, it takes the best approximation (Rayleigh-Ritz) in the space of X, AᵀA·X, (AᵀA)²·X,
 * …, whose basis is orthonormalized block by block.
 *
 * Takes O(iterations × entries × rank + columns × (iterations × rank)²), and memory of 8 bytes ×
 * columns × (iterations + 3) × rank; iterates less if the blocks would take more than 2 GiB. The
 * result is the same to the last bit with any number of threads.
 *
 * @param progress Receives the completed share.
 * @throws {RangeError} If the rank exceeds the smaller side of the matrix.
 */
export async function randomizedSvd(
  matrix: Csr,
  { rank, iterations, seed, threads }: RandomizedSvdOptions,
  progress: (done: number) => void = () => {},
): Promise<RightSvd> {
  const largest = Math.min(matrix.rows, matrix.columns);
  if (rank > largest) {
    throw new RangeError(
      `Cannot decompose a ${matrix.rows} × ${matrix.columns} matrix: ` +
        `rank must be at most ${largest}, got ${rank}`,
    );
  }
  const width = LANES * Math.ceil(rank / BLOCKS_PER_ITERATION / LANES);
  const blocks = blockCount(matrix.columns, width, iterations);
  const work = blocks * width * (2 * matrix.indices.length + blocks * width * matrix.columns);
  const isLarge = work > WORK_FOR_THREADS;
  using tall = createTallMatrices(matrix, {
    width,
    threads: threads ?? (isLarge ? navigator.hardwareConcurrency : 1),
  });
  const krylov = await krylovSpace(tall, { width, blocks, random: createRandom(seed) }, progress);
  // Awaited here so that the threads live until it is done.
  return await ritzVectors(tall, krylov, rank);
}

/**
 * At most as many blocks as span the whole space or fit into memory, but at least one iteration's,
 * which the rank needs.
 */
function blockCount(columns: number, width: number, iterations: number): number {
  const fitting = Math.floor(MAX_BYTES / (Float64Array.BYTES_PER_ELEMENT * columns * width));
  return Math.min(
    BLOCKS_PER_ITERATION * iterations,
    Math.ceil(columns / width),
    Math.max(BLOCKS_PER_ITERATION, fitting),
  );
}

/** The space in which the largest singular vectors are approximated. */
interface KrylovSpace {
  /** Q, block after block. Its columns are orthonormal; zero once the space is full. */
  readonly basis: Float64Array;
  /** QᵀAᵀAQ, row-major. */
  readonly projected: Float64Array;
}

async function krylovSpace(
  tall: TallMatrices,
  { width, blocks, random }: { width: number; blocks: number; random: Random },
  progress: (done: number) => void,
): Promise<KrylovSpace> {
  const size = blocks * width;
  const basis = tall.zeros(size);
  const projected = new Float64Array(size * size);
  const fresh = tall.zeros(width), scratch = tall.zeros(width);
  for (let at = 0; at < fresh.length; at++) fresh[at] = random.normal();
  let shared: Float64Array = new Float64Array(0);
  for (let b = 0; b < blocks; b++) {
    const known = basis.subarray(0, b * fresh.length);
    const extended = basis.subarray(0, (b + 1) * fresh.length);
    const block = extended.subarray(known.length);
    await extend(tall, { known, fresh, shared, scratch, width, random }, block);
    await tall.normalProduct(block, fresh);
    shared = await tall.transposedProduct(extended, fresh);
    for (let i = 0; i < (b + 1) * width; i++) {
      for (let j = Math.max(i, b * width); j < (b + 1) * width; j++) {
        const value = shared[i * width + j - b * width];
        projected[i * size + j] = projected[j * size + i] = value;
      }
    }
    progress((b + 1) / blocks);
  }
  return { basis, projected };
}

/** The inputs of {@linkcode extend}. */
interface Extension {
  /** The blocks so far, Q. */
  readonly known: Float64Array;
  /** New vectors, W; overwritten. */
  readonly fresh: Float64Array;
  /** QᵀW */
  readonly shared: Float64Array;
  readonly scratch: Float64Array;
  readonly width: number;
  readonly random: Random;
}

/**
 * Writes an orthonormal basis of the part of the new vectors outside the space, in two passes.
 * Vectors without such a part are replaced by random ones; if these have none either, the space is
 * full.
 */
async function extend(
  tall: TallMatrices,
  { known, fresh, shared, scratch, width, random }: Extension,
  block: Float64Array,
): Promise<void> {
  const orthonormalizerOf = async (y: Float64Array, taken: Float64Array) =>
    orthonormalizer(await tall.transposedProduct(y, y), width, squaredLengths(taken, width));

  await tall.addProduct(known, shared.map((value) => -value), fresh);
  const first = await orthonormalizerOf(fresh, shared);
  scratch.fill(0);
  await tall.addProduct(fresh, first, scratch);
  let taken: Float64Array = new Float64Array(0);
  if (replaceDependent(scratch, first, width, random)) {
    taken = await tall.transposedProduct(known, scratch);
    await tall.addProduct(known, taken.map((value) => -value), scratch);
  }
  await tall.addProduct(scratch, await orthonormalizerOf(scratch, taken), block);
}

/** Σ c² of each column of a row-major matrix. */
function squaredLengths(c: Float64Array, width: number): Float64Array {
  const lengths = new Float64Array(width);
  for (let at = 0; at < c.length; at++) lengths[at % width] += c[at] ** 2;
  return lengths;
}

/** Replaces dependent columns with random ones. @returns Whether there were any. */
function replaceDependent(
  block: Float64Array,
  m: Float64Array,
  width: number,
  random: Random,
): boolean {
  let replaced = false;
  for (let column = 0; column < width; column++) {
    if (m[column * width + column] > 0) continue;
    for (let at = column; at < block.length; at += width) block[at] = random.normal();
    replaced = true;
  }
  return replaced;
}

/** The singular vectors within a space: QᵀAᵀAQ = WΛWᵀ, V = QW, σ = √λ (Rayleigh-Ritz). */
async function ritzVectors(
  tall: TallMatrices,
  { basis, projected }: KrylovSpace,
  rank: number,
): Promise<RightSvd> {
  const size = Math.sqrt(projected.length);
  const { values, vectors } = await symmetricEigen(projected, size);
  const singularValues = values.slice(0, rank)
    .map((value) => value > ZERO * values[0] ? Math.sqrt(value) : 0);
  // Kernels write four columns at a time.
  const padded = 4 * Math.ceil(rank / 4);
  const chosen = new Float64Array(size * padded);
  for (let i = 0; i < size; i++) {
    for (let f = 0; f < rank; f++) {
      if (singularValues[f] > 0) chosen[i * padded + f] = vectors[i * size + f];
    }
  }
  const wide = tall.borrowedZeros(padded);
  await tall.addProduct(basis, chosen, wide);
  const rightVectors = new Float32Array(wide.length / padded * rank);
  for (let at = 0; at < rightVectors.length; at++) {
    rightVectors[at] = wide[Math.floor(at / rank) * padded + at % rank];
  }
  return { singularValues, rightVectors };
}
