import { sum } from "../../base/statistics.ts";
import type { Csr } from "../sparse/csr.ts";
import { createSpace, type Space } from "./space.ts";
import { createTeam } from "./team.ts";

/** How {@linkcode nearestColumns} compares columns. */
export interface NearestOptions {
  /** The diagonal of D: how much each row counts. */
  readonly damping: Float64Array;
  /** How a sum becomes a similarity. */
  readonly similarity: keyof typeof FORMULAS;
  /** Each column's norm. */
  readonly norms: Float64Array;
  /** Of `"conditional"`: each column's norm as it counts for a neighbour. */
  readonly damped: Float64Array;
  /** Added to the denominator. */
  readonly shrinkage: number;
  /** How many neighbours a column keeps at most. */
  readonly keep: number;
  /** Default: as many as there are processors, where there is enough to do. */
  readonly threads?: number;
}

/** By which numbers the kernel knows the formulas. */
const FORMULAS = { conditional: 0, cosine: 1, jaccard: 2 } as const;

/** About so many products are one thread's piece of work. */
const PIECE_WORK = 2e5;

/** From so many products on it pays to start Workers, which takes up to a second within a Worker. */
const WORK_FOR_THREADS = 2e7;

/** There is room for so many neighbours, 8 bytes each, until they are copied out. */
const ROOM = 8e6;

/**
 * The nearest columns of each column of a sparse matrix, by compiled kernels and on several threads; the result is
 * the same to the last bit with any number of them. With s = AᵀDA, D being diagonal, row i keeps the largest of
 *
 *   conditional   s / (norm_i · damped_j + shrinkage)
 *   cosine        s / (√(norm_i · norm_j) + shrinkage)
 *   jaccard       s / (norm_i + norm_j − s + shrinkage)
 *
 * that are above 0, without its own; of equal ones those whose columns came up first on a walk over the rows that have
 * i. Takes O(Σ row length²) and 16 bytes an entry of A.
 *
 * @returns Columns × columns; `null` where the runtime can't run kernels.
 */
export async function nearestColumns(
  a: Csr,
  options: NearestOptions,
  progress: (done: number) => void = () => {},
): Promise<Csr | null> {
  const space = createSpace();
  if (!space) return null;
  const keep = Math.min(options.keep, a.columns);
  const products = productsOf(a);
  const rooms = products.map((count) => Math.min(count, keep));
  const rounds = cutBySum(rooms, { row: 0, end: a.columns }, ROOM);
  // Workers start while the matrix is laid out.
  const pays = sum(products) > WORK_FOR_THREADS;
  using team = createTeam(space, {
    threads: options.threads ?? (pays ? navigator.hardwareConcurrency : 1),
    scratch: 4 * a.columns + 2 * keep + 4,
  });
  const task = placeTask(space, a, {
    ...options,
    keep,
    room: Math.max(...rounds.map(({ sum }) => sum)),
  });
  const found: Neighbors[] = [];
  for (const round of rounds) {
    let start = 0;
    for (let row = round.row; row < round.end; row++) {
      task.starts[row] = start;
      start += rooms[row];
    }
    const pieces = cutBySum(products, round, PIECE_WORK);
    await team.run("nearestRows", pieces.map(({ row, end }) => [row, end, ...task.parameters]));
    found.push(copyOut(task, round));
    progress(round.end / a.columns);
  }
  return concatenate(found, a.columns);
}

/** For each column, the number of products that it takes, which is also the most neighbours that it can have. */
function productsOf({ rows, columns, indptr, indices }: Csr): Float64Array {
  const products = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const others = indptr[row + 1] - indptr[row] - 1;
    for (let p = indptr[row]; p < indptr[row + 1]; p++) products[indices[p]] += others;
  }
  return products;
}

/** Rows of the result from `row` up to `end`, and what they add up to. */
interface Span {
  readonly row: number;
  readonly end: number;
  readonly sum: number;
}

/** Cuts rows where their numbers have reached the most, or would exceed it. */
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

/** What all calls of the kernel share, and where they leave what they find. */
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
  { damping, similarity, norms, damped, shrinkage, keep, room }: NearestOptions & { room: number },
): Task {
  const { columns } = a;
  const ofColumns = [norms, damped].map((numbers) => {
    const placed = space.doubles(columns);
    placed.set(numbers);
    return placed.byteOffset;
  });
  const starts = space.integers(columns), counts = space.integers(columns);
  const indices = space.integers(room), values = space.floats(room);
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
 * Lays out A and Aᵀ so that all that is needed of a row lies together: rows as records, of which the r-th begins
 * behind two numbers of 8 bytes for each row before it and one for each entry.
 *
 * @returns Where Aᵀ's rows, its entries and the records are.
 */
function placeMatrix(space: Space, a: Csr, damping: Float64Array): number[] {
  const { rows, columns, indptr, indices, values } = a;
  const entryPtr = space.integers(columns + 1);
  const entries = space.integers(2 * indices.length);
  const records = space.integers(4 * rows + 2 * indices.length);
  const entryValues = new Float32Array(entries.buffer, entries.byteOffset, entries.length);
  const recordValues = new Float32Array(records.buffer, records.byteOffset, records.length);
  const recordHeads = new Float64Array(records.buffer, records.byteOffset, records.length / 2);

  for (const column of indices) entryPtr[column + 1]++;
  for (let c = 0; c < columns; c++) entryPtr[c + 1] += entryPtr[c];
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

/** Neighbours of some columns, one column after another. */
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
