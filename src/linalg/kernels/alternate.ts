import { type Csr, selectRows, transpose } from "../sparse/csr.ts";
import { equalRows } from "../sparse/equal_rows.ts";
import type { DiagonalVectors } from "../dense/diagonal_ridge.ts";
import { symmetricEigen } from "../dense/symmetric_eigen.ts";
import {
  createSpace,
  type CsrInSpace,
  placeCsr,
  placeFloats,
  placeIntegers,
  type Space,
} from "./space.ts";
import { createTeam, type Team } from "./team.ts";

/** What {@linkcode alternate} minimizes. */
export interface AlternationOptions {
  /** Length of the vectors. */
  readonly factors: number;
  /** Sweeps over users and items. */
  readonly iterations: number;
  /** α, the weight of every user-item pair, observed or not; at least 0. */
  readonly unobservedWeight: number;
  /** λ of each user, above 0. */
  readonly userRegularization: Float32Array;
  /** λ of each item, above 0. */
  readonly itemRegularization: Float32Array;
  /** Default: one per processor if there is enough work, else 1. */
  readonly threads?: number;
}

/** Users or items: their vectors, and the matrix with one row for each. */
interface Side {
  readonly rows: number;
  readonly vectors: Float32Array;
  readonly matrix: CsrInSpace;
  readonly lambdas: Float32Array;
  /** √n for a row that stands for n; absent if each stands for itself. */
  readonly scales?: Float32Array;
  /** Rows without entries. */
  readonly empty: Uint32Array;
  /** Rows with entries, longest first, in blocks of about equal work. */
  readonly blocks: readonly Uint32Array[];
  /** Approximate number of multiplications to solve all rows. */
  readonly work: number;
}

/** Rows per partial Gram matrix; the parts are summed in order, whichever thread computed them. */
const BLOCK_ROWS = 8192;

/** The kernel's b: the product of an observed pair is pulled towards 1 with strength weight + b. */
const BASE = 0;

/** Approximate number of multiplications in one kernel call. */
const BLOCK_WORK = 2e7;

/** Rows that the kernels process together. */
const PANEL_ROWS = 512;

/** Number of multiplications from which starting Workers pays off. */
const WORK_FOR_THREADS = 3e9;

/**
 * Factorizes a matrix of weights by alternating least squares (Hu, Koren and Volinsky 2008),
 * solving every step exactly: all user vectors given the item vectors, then all item vectors given
 * the user vectors, and so on. In every sweep the fixed vectors are rotated so that their Gram
 * matrix is diagonal, which makes its inverse known for every λ.
 *
 * Users with the same entries and λ have the same vector, so each is solved once: √n times the
 * vector has the Gram matrix of all n, and its entries count n times for the items. That rounds
 * differently than one user after another, but is the same sum.
 *
 * Each row is solved in units that make the shared part of its system the identity, so single
 * precision suffices: by an n × n system if its n entries are fewer than the factors (Woodbury),
 * else by a factors × factors one.
 *
 * Runs compiled kernels on several threads; the result is the same to the last bit on every machine
 * and with any number of threads. An iteration takes O((users + items) × factors² + Σ min(n,
 * factors)² × max(n, factors)). Memory: 4 bytes × factors per user and item, and 16 bytes per
 * entry.
 *
 * @param weights Users × items, none below 0.
 * @param start The initial item vectors, row-major.
 * @returns The item vectors, rotated; zero for items without entries.
 */
export async function alternate(
  weights: Csr,
  start: Float32Array,
  options: AlternationOptions,
  progress: (done: number) => void = () => {},
): Promise<DiagonalVectors> {
  const { factors, iterations, threads } = options;
  const space = createSpace();
  const width = Math.ceil(factors / 4) * 4;
  const { alike, counts, lambdas } = distinctUsers(weights, options);
  const scales = placeFloats(space, counts.map(Math.sqrt));
  const users = { ...createSide(space, alike, width, lambdas), scales };
  const items = createSide(
    space,
    transpose(timesCounts(alike, counts)),
    width,
    options.itemRegularization,
  );
  for (let item = 0; item < items.rows; item++) {
    items.vectors.set(start.subarray(item * factors, (item + 1) * factors), item * width);
  }
  const work = createWork(space, width, Math.max(users.rows, items.rows));
  const scratch = 4 * width + width * width + Math.max(PANEL_ROWS, width) * width;
  const isLarge = iterations * (users.work + items.work) > WORK_FOR_THREADS;
  using team = createTeam(space, {
    threads: threads ?? (isLarge ? navigator.hardwareConcurrency : 1),
    scratch,
  });
  let diagonal = await diagonalize(team, work, items, options);
  for (let i = 0; i < iterations; i++) {
    await solveSide(team, work, { fixed: items, solved: users });
    progress((i + 0.5) / iterations);
    await diagonalize(team, work, users, options);
    await solveSide(team, work, { fixed: users, solved: items });
    diagonal = await diagonalize(team, work, items, options);
    progress((i + 1) / iterations);
  }
  const vectors = new Float32Array(items.rows * factors);
  for (let item = 0; item < items.rows; item++) {
    vectors.set(items.vectors.subarray(item * width, item * width + factors), item * factors);
  }
  return { factors, vectors, diagonal };
}

/**
 * Users with entries, those with the same entries and the same λ taken together; in the order in
 * which they are solved, so that their vectors are written one after another.
 */
interface DistinctUsers {
  readonly alike: Csr;
  /** The number of users that each row stands for. */
  readonly counts: Float32Array;
  readonly lambdas: Float32Array;
}

/**
 * Users without entries have a vector of zero: in a time window they are many. Half of a shop's
 * users have one event, and most of these share it with others: their vectors are the same.
 */
function distinctUsers(
  weights: Csr,
  { userRegularization }: Pick<AlternationOptions, "userRegularization">,
): DistinctUsers {
  const { groupOf, firsts } = equalRows(weights, userRegularization);
  const sizes = new Float32Array(firsts.length);
  for (const group of groupOf) sizes[group]++;
  const rows = rowsByLength(weights.indptr, firsts);
  return {
    alike: selectRows(weights, rows),
    counts: Float32Array.from(rows, (row) => sizes[groupOf[row]]),
    lambdas: Float32Array.from(rows, (row) => userRegularization[row]),
  };
}

/** Multiplies each row by a number. */
function timesCounts(matrix: Csr, counts: Float32Array): Csr {
  const values = matrix.values.slice();
  for (let row = 0; row < matrix.rows; row++) {
    for (let p = matrix.indptr[row]; p < matrix.indptr[row + 1]; p++) values[p] *= counts[row];
  }
  return { ...matrix, values };
}

/** Buffers that all steps share. */
interface Work {
  readonly width: number;
  /** One partial Gram matrix per block of {@linkcode BLOCK_ROWS} rows. */
  readonly grams: readonly Float64Array[];
  readonly rotation: Float32Array;
  readonly diagonal: Float32Array;
}

function createWork(space: Space, width: number, rows: number): Work {
  return {
    width,
    grams: Array.from(
      { length: Math.ceil(rows / BLOCK_ROWS) },
      () => space.doubles(width * width),
    ),
    rotation: space.floats(width * width),
    diagonal: space.floats(width),
  };
}

function createSide(space: Space, matrix: Csr, width: number, lambdas: Float32Array): Side {
  const { rows, indptr } = matrix;
  const order = placeIntegers(space, rowsByLength(indptr));
  return {
    rows,
    vectors: space.floats(rows * width),
    matrix: placeCsr(space, matrix),
    lambdas: placeFloats(space, lambdas),
    empty: Uint32Array.from({ length: rows }, (_, row) => row)
      .filter((row) => indptr[row] === indptr[row + 1]),
    ...cutByWork(order, indptr, width),
  };
}

/**
 * The rows with entries, longest first; ties in row order.
 *
 * @param rows Default all.
 */
function rowsByLength(
  indptr: Uint32Array,
  rows: Uint32Array = Uint32Array.from({ length: indptr.length - 1 }, (_, row) => row),
): Uint32Array {
  const length = (row: number) => indptr[row + 1] - indptr[row];
  return rows.filter((row) => length(row) > 0)
    .sort((a, b) => length(b) - length(a) || a - b);
}

function cutByWork(
  rows: Uint32Array,
  indptr: Uint32Array,
  width: number,
): Pick<Side, "blocks" | "work"> {
  const blocks: Uint32Array[] = [];
  let start = 0, work = 0, workBefore = 0;
  rows.forEach((row, i) => {
    const length = indptr[row + 1] - indptr[row];
    work += Math.min(length, width) ** 2 * Math.max(length, width) / 2 + 4 * width * length;
    if (work - workBefore < BLOCK_WORK && i + 1 < rows.length) return;
    blocks.push(rows.subarray(start, i + 1));
    start = i + 1;
    workBefore = work;
  });
  return { blocks, work };
}

/**
 * Rotates one side's vectors so that their Gram matrix becomes diagonal: YᵀY = W·Λ·Wᵀ, so that of
 * Y·W is Λ.
 *
 * @returns The diagonal, times α.
 */
async function diagonalize(
  team: Team,
  { width, grams, rotation, diagonal }: Work,
  { rows, vectors, scales }: Side,
  { factors, unobservedWeight }: AlternationOptions,
): Promise<Float64Array> {
  const starts = Array.from({ length: Math.ceil(rows / BLOCK_ROWS) }, (_, i) => i * BLOCK_ROWS);
  const parts = starts.map((start) =>
    [vectors.byteOffset + 4 * start * width, Math.min(BLOCK_ROWS, rows - start), width] as const
  );
  await team.run(
    "gramOfRows",
    parts.map((part, i) => [
      ...part,
      scales ? scales.byteOffset + 4 * starts[i] : 0,
      grams[i].byteOffset,
    ]),
  );
  const gram = new Float64Array(factors * factors);
  for (const part of grams.slice(0, parts.length)) {
    for (let i = 0; i < factors; i++) {
      for (let j = 0; j <= i; j++) {
        gram[j * factors + i] += part[j * width + i];
        gram[i * factors + j] = gram[j * factors + i];
      }
    }
  }
  const { values, vectors: eigenvectors } = await symmetricEigen(gram, factors);
  const scaled = values.map((value) => unobservedWeight * Math.max(0, value));
  diagonal.set(scaled);
  rotation.fill(0);
  for (let i = 0; i < factors; i++) {
    rotation.set(eigenvectors.subarray(i * factors, (i + 1) * factors), i * width);
  }
  await team.run("rotateRows", parts.map((part) => [...part, rotation.byteOffset]));
  return scaled;
}

/** Solves all rows with entries and sets the vectors of empty rows to zero. */
async function solveSide(
  team: Team,
  { width, diagonal }: Work,
  { fixed, solved }: { fixed: Side; solved: Side },
): Promise<void> {
  for (const row of solved.empty) solved.vectors.fill(0, row * width, (row + 1) * width);
  await team.run(
    "solveRows",
    solved.blocks.map((rows) => [
      rows.byteOffset,
      rows.length,
      solved.matrix.indptr.byteOffset,
      solved.matrix.indices.byteOffset,
      solved.matrix.values.byteOffset,
      BASE,
      fixed.vectors.byteOffset,
      width,
      diagonal.byteOffset,
      solved.lambdas.byteOffset,
      solved.vectors.byteOffset,
    ]),
  );
}
