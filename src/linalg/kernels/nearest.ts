import { sum } from "../../base/statistics.ts";
import type { Csr } from "../sparse/csr.ts";
import { groupStarts } from "../sparse/group_positions.ts";
import { createSpace, placeIntegers, type Space } from "./space.ts";
import { createTeam } from "./team.ts";

/** How {@linkcode nearestColumns} compares columns. */
export interface NearestOptions {
  /** The diagonal of D: the weight of each row. */
  readonly damping: Float64Array;
  /** The formula that turns a sum into a similarity; see {@linkcode nearestColumns}. */
  readonly similarity: keyof typeof FORMULAS;
  /** The norm of each column. */
  readonly norms: Float64Array;
  /** For `"conditional"`: the damped norm of each column as a neighbor. */
  readonly damped: Float64Array;
  /** Added to the denominator. */
  readonly shrinkage: number;
  /** Maximum number of neighbors per column. */
  readonly keep: number;
  /** Default: one per processor if there is enough work, else 1. */
  readonly threads?: number;
}

/** The number of each formula in the kernel. */
const FORMULAS = { conditional: 0, cosine: 1, jaccard: 2 } as const;

/** Approximate number of products in one kernel call. */
const PIECE_WORK = 2e5;

/**
 * Number of products from which starting Workers pays off; within a Worker that takes up to a
 * second.
 */
const WORK_FOR_THREADS = 2e7;

/** Neighbors, of 8 bytes each, that fit into the output buffer of a round. */
const CAPACITY = 8e6;

/**
 * The nearest columns of each column of a sparse matrix, by compiled kernels on several threads;
 * the result is the same to the last bit with any number of threads. With s = AᵀDA for a diagonal
 * D, row i keeps the largest of
 *
 *   conditional   s / (norm_i · damped_j + shrinkage)
 *   cosine        s / (√(norm_i · norm_j) + shrinkage)
 *   jaccard       s / (norm_i + norm_j − s + shrinkage)
 *
 * that are above 0, except its own; on ties those whose columns come first in a walk over the rows
 * that contain i. Takes O(Σ row length²) and 16 bytes per entry of A.
 *
 * @returns Columns × columns.
 * @throws {InputError} If the runtime can't run the kernels.
 */
export async function nearestColumns(
  a: Csr,
  options: NearestOptions,
  progress: (done: number) => void = () => {},
): Promise<Csr> {
  const space = createSpace();
  const keep = Math.min(options.keep, a.columns);
  const products = productsOf(a);
  const capacities = products.map((count) => Math.min(count, keep));
  const rounds = cutBySum(capacities, { row: 0, end: a.columns }, CAPACITY);
  // Workers start up while the matrix is laid out.
  const isLarge = sum(products) > WORK_FOR_THREADS;
  using team = createTeam(space, {
    threads: options.threads ?? (isLarge ? navigator.hardwareConcurrency : 1),
    scratch: 4 * a.columns + 2 * keep + 4,
  });
  const task = placeTask(space, a, {
    ...options,
    keep,
    capacity: Math.max(...rounds.map(({ sum }) => sum)),
  });
  const found: Neighbors[] = [];
  for (const round of rounds) {
    let start = 0;
    for (let row = round.row; row < round.end; row++) {
      task.starts[row] = start;
      start += capacities[row];
    }
    const pieces = cutBySum(products, round, PIECE_WORK);
    await team.run("nearestRows", pieces.map(({ row, end }) => [row, end, ...task.parameters]));
    found.push(copyOut(task, round));
    progress(round.end / a.columns);
  }
  return concatenate(found, a.columns);
}

/** The number of products each column takes, which also bounds its number of neighbors. */
function productsOf({ rows, columns, indptr, indices }: Csr): Float64Array {
  const products = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const others = indptr[row + 1] - indptr[row] - 1;
    for (let p = indptr[row]; p < indptr[row + 1]; p++) products[indices[p]] += others;
  }
  return products;
}

/** Rows of the result from `row` up to `end`, and the sum of their numbers. */
interface Span {
  readonly row: number;
  readonly end: number;
  readonly sum: number;
}

/**
 * Cuts rows into spans whose numbers sum to at most `most`; a larger one gets a span of its own.
 */
function cutBySum(
  numbers: Float64Array,
  { row, end }: Omit<Span, "sum">,
  most: number,
): Span[] {
  const spans: Span[] = [];
  let sum = 0;
  for (let next = row; next < end; next++) {
    if (next > row && sum + numbers[next] > most) {
      spans.push({ row, end: next, sum });
      [row, sum] = [next, 0];
    }
    sum += numbers[next];
  }
  return [...spans, { row, end, sum }];
}

/** The parameters that all kernel calls share, and their output buffers. */
interface Task {
  readonly parameters: readonly number[];
  readonly starts: Uint32Array;
  readonly counts: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

function placeTask(
  space: Space,
  a: Csr,
  { damping, similarity, norms, damped, shrinkage, keep, capacity }: NearestOptions & {
    capacity: number;
  },
): Task {
  const { columns } = a;
  const ofColumns = [norms, damped].map((numbers) => {
    const placed = space.doubles(columns);
    placed.set(numbers);
    return placed.byteOffset;
  });
  const starts = space.integers(columns), counts = space.integers(columns);
  const indices = space.integers(capacity), values = space.floats(capacity);
  const parameters = [
    ...placeMatrix(space, a, damping),
    FORMULAS[similarity],
    ...ofColumns,
    shrinkage,
    keep,
    ...[starts, indices, values, counts].map(({ byteOffset }) => byteOffset),
    columns,
  ];
  return { parameters, starts, counts, indices, values };
}

/**
 * Lays out A and Aᵀ so that everything about a row is contiguous: each row is a record of a
 * two-number head and one number per entry, of 8 bytes each, and the records follow one another.
 *
 * @returns Pointers to Aᵀ's row starts, its entries and the records.
 */
function placeMatrix(space: Space, a: Csr, damping: Float64Array): number[] {
  const { rows, columns, indptr, indices, values } = a;
  const entryPtr = placeIntegers(space, groupStarts(indices, columns));
  const entries = space.integers(2 * indices.length);
  const records = space.integers(4 * rows + 2 * indices.length);
  const entryValues = new Float32Array(entries.buffer, entries.byteOffset, entries.length);
  const recordValues = new Float32Array(records.buffer, records.byteOffset, records.length);
  const recordHeads = new Float64Array(records.buffer, records.byteOffset, records.length / 2);

  const next = entryPtr.slice(0, columns);
  for (let row = 0; row < rows; row++) {
    const record = 2 * row + indptr[row];
    recordHeads[record] = damping[row];
    records[2 * record + 2] = indptr[row + 1] - indptr[row];
    let to = 2 * record + 4;
    for (let p = indptr[row]; p < indptr[row + 1]; p++, to += 2) {
      const entry = 2 * next[indices[p]]++;
      entries[entry] = record;
      entryValues[entry + 1] = values[p];
      records[to] = indices[p];
      recordValues[to + 1] = values[p];
    }
  }
  return [entryPtr, entries, records].map(({ byteOffset }) => byteOffset);
}

/** The neighbors of consecutive columns. */
type Neighbors = Pick<Task, "counts" | "indices" | "values">;

function copyOut({ starts, counts, indices, values }: Task, { row, end }: Span): Neighbors {
  const copied = counts.slice(row, end);
  const size = sum(copied);
  const out = { counts: copied, indices: new Uint32Array(size), values: new Float32Array(size) };
  for (let to = 0; row < end; row++) {
    const start = starts[row], stop = start + counts[row];
    out.indices.set(indices.subarray(start, stop), to);
    out.values.set(values.subarray(start, stop), to);
    to += counts[row];
  }
  return out;
}

function concatenate(found: readonly Neighbors[], size: number): Csr {
  const indptr = new Uint32Array(size + 1);
  let row = 0;
  for (const { counts } of found) {
    for (const count of counts) indptr[row + 1] = indptr[row++] + count;
  }
  const indices = new Uint32Array(indptr[size]);
  const values = new Float32Array(indptr[size]);
  let to = 0;
  for (const part of found) {
    indices.set(part.indices, to);
    values.set(part.values, to);
    to += part.indices.length;
  }
  return { rows: size, columns: size, indptr, indices, values };
}
