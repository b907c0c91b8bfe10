import {
  alternateLeastSquares,
  type AlternationOptions,
} from "../dense/alternating_least_squares.ts";
import { type Csr, transpose } from "../sparse/csr.ts";
import type { DiagonalVectors } from "../dense/diagonal_ridge.ts";
import { symmetricEigen } from "../dense/symmetric_eigen.ts";
import { createSpace, type CsrInSpace, placeCsr, type Space } from "./space.ts";
import { createTeam, type Team } from "./team.ts";

/** One of the two sides: its vectors, and the matrix whose rows they stand for. */
interface Side {
  readonly rows: number;
  readonly vectors: Float32Array;
  readonly matrix: CsrInSpace;
  readonly lambdas: Float32Array;
  /** Rows without entries. */
  readonly empty: Uint32Array;
  /** Rows with entries, longest first, cut where about as much work lies between. */
  readonly blocks: readonly Uint32Array[];
  /** About how many multiplications solving all rows takes. */
  readonly work: number;
}

/** Rows whose Gram matrices are added up apart, in their order, whatever thread they fall to. */
const BLOCK_ROWS = 8192;

/** About so many multiplications are one thread's piece of work. */
const BLOCK_WORK = 2e7;

/** Kernels take rows in pieces of so many. */
const PANEL_ROWS = 512;

/** From so many multiplications on it pays to start Workers. */
const WORK_FOR_THREADS = 3e9;

/**
 * The same as {@linkcode alternateLeastSquares}, by compiled kernels in single precision and on several threads. The
 * result is the same to the last bit on every machine and with any number of threads; plain code, which takes over
 * where there is no WebAssembly, agrees within rounding.
 *
 * Every row is solved in units that take the common part of its system to the identity, so that single precision
 * suffices: by its own system if it has fewer entries than factors (Woodbury), else by that of the factors.
 *
 * Takes memory of 4 bytes × factors a user and an item and of 16 an entry.
 *
 * @param weights Users × items, none below 0.
 * @param start The items' vectors to begin with, row-major.
 * @param options `threads` defaults to as many as there are processors, where there is enough to do.
 */
export async function alternate(
  weights: Csr,
  start: Float32Array,
  { threads, ...options }: AlternationOptions & { readonly threads?: number },
  progress: (done: number) => void = () => {},
): Promise<DiagonalVectors> {
  const space = createSpace();
  if (!space) return alternateLeastSquares(weights, start, options, progress);
  const { factors, iterations, base } = options;
  const width = Math.ceil(factors / 4) * 4;
  const users = createSide(space, weights, width, options.userRegularization);
  const items = createSide(space, transpose(weights), width, options.itemRegularization);
  for (let item = 0; item < items.rows; item++) {
    items.vectors.set(start.subarray(item * factors, (item + 1) * factors), item * width);
  }
  const work = createWork(space, width, Math.max(users.rows, items.rows));
  const scratch = 4 * width + width * width + Math.max(PANEL_ROWS, width) * width;
  const pays = iterations * (users.work + items.work) > WORK_FOR_THREADS;
  using team = createTeam(space, {
    threads: threads ?? (pays ? navigator.hardwareConcurrency : 1),
    scratch,
  });
  let diagonal = await diagonalize(team, work, items, options);
  for (let i = 0; i < iterations; i++) {
    await solveSide(team, work, { fixed: items, solved: users, base });
    progress((i + 0.5) / iterations);
    await diagonalize(team, work, users, options);
    await solveSide(team, work, { fixed: users, solved: items, base });
    diagonal = await diagonalize(team, work, items, options);
    progress((i + 1) / iterations);
  }
  const vectors = new Float32Array(items.rows * factors);
  for (let item = 0; item < items.rows; item++) {
    vectors.set(items.vectors.subarray(item * width, item * width + factors), item * factors);
  }
  return { factors, vectors, diagonal };
}

/** What the steps of a sweep share. */
interface Work {
  readonly width: number;
  /** Each block's Gram matrix. */
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
  const order = rowsByLength(indptr);
  const own = space.integers(order.length);
  own.set(order);
  const inSpace = {
    rows,
    vectors: space.floats(rows * width),
    matrix: placeCsr(space, matrix),
    lambdas: space.floats(rows),
    empty: Uint32Array.from({ length: rows }, (_, row) => row)
      .filter((row) => indptr[row] === indptr[row + 1]),
    ...cutByWork(own, indptr, width),
  };
  inSpace.lambdas.set(lambdas);
  return inSpace;
}

/** The rows with entries, longest first; of equal ones the first, first. */
function rowsByLength(indptr: Uint32Array): Uint32Array {
  const length = (row: number) => indptr[row + 1] - indptr[row];
  return Uint32Array.from({ length: indptr.length - 1 }, (_, row) => row)
    .filter((row) => length(row) > 0)
    .sort((a, b) => length(b) - length(a) || a - b);
}

function cutByWork(
  rows: Uint32Array,
  indptr: Uint32Array,
  width: number,
): Pick<Side, "blocks" | "work"> {
  const blocks: Uint32Array[] = [];
  let start = 0, work = 0, reached = 0;
  rows.forEach((row, i) => {
    const length = indptr[row + 1] - indptr[row];
    work += Math.min(length, width) ** 2 * Math.max(length, width) / 2 + 4 * width * length;
    if (work - reached < BLOCK_WORK && i + 1 < rows.length) return;
    blocks.push(rows.subarray(start, i + 1));
    start = i + 1;
    reached = work;
  });
  return { blocks, work };
}

/** Turns a side's vectors so that their Gram matrix is diagonal, and gives that, times α. */
async function diagonalize(
  team: Team,
  { width, grams, rotation, diagonal }: Work,
  { rows, vectors }: Side,
  { factors, unobservedWeight }: AlternationOptions,
): Promise<Float64Array> {
  const starts = Array.from({ length: Math.ceil(rows / BLOCK_ROWS) }, (_, i) => i * BLOCK_ROWS);
  const parts = starts.map((start) =>
    [vectors.byteOffset + 4 * start * width, Math.min(BLOCK_ROWS, rows - start), width] as const
  );
  await team.run("gramOfRows", parts.map((part, i) => [...part, grams[i].byteOffset]));
  const gram = new Float64Array(factors * factors);
  for (const part of grams.slice(0, parts.length)) {
    for (let i = 0; i < factors; i++) {
      for (let j = 0; j <= i; j++) {
        gram[j * factors + i] += part[j * width + i];
        gram[i * factors + j] = gram[j * factors + i];
      }
    }
  }
  const { values, vectors: eigenvectors } = symmetricEigen(gram, factors);
  const scaled = values.map((value) => unobservedWeight * Math.max(0, value));
  diagonal.set(scaled);
  rotation.fill(0);
  for (let i = 0; i < factors; i++) {
    rotation.set(eigenvectors.subarray(i * factors, (i + 1) * factors), i * width);
  }
  await team.run("rotateRows", parts.map((part) => [...part, rotation.byteOffset]));
  return scaled;
}

/** Solves every row that has entries; the others' vectors are zero. */
async function solveSide(
  team: Team,
  { width, diagonal }: Work,
  { fixed, solved, base }: { fixed: Side; solved: Side; base: number },
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
      base,
      fixed.vectors.byteOffset,
      width,
      diagonal.byteOffset,
      solved.lambdas.byteOffset,
      solved.vectors.byteOffset,
    ]),
  );
}
