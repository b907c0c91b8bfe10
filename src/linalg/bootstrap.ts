import { createRandom } from "./random.ts";

/** How {@linkcode bootstrapMeans} resamples. */
export interface BootstrapOptions {
  /** Number of samples to draw. Default 1,000. */
  replicates?: number;
  /** Default 1. */
  seed?: number;
}

/**
 * The means of samples drawn with replacement (Efron 1979), for several columns: each sample takes
 * the same rows of all columns, so that differences between columns are paired.
 *
 * @param columns One value per user each, all of the same length.
 * @returns For each column the means of the samples, in the order drawn; `NaN`s without users.
 * @throws {RangeError} If the columns differ in length.
 */
export function bootstrapMeans(
  columns: readonly Float32Array[],
  { replicates = 1000, seed = 1 }: BootstrapOptions = {},
): Float64Array[] {
  const size = columns[0]?.length ?? 0;
  if (columns.some((column) => column.length !== size)) {
    throw new RangeError(
      `Cannot resample: columns must have the same length, got ${
        columns.map(({ length }) => length)
      }`,
    );
  }
  const filled = columns.map(withoutZeros);
  const random = createRandom(seed);
  const times = new Float64Array(TOGETHER * size);
  const means = columns.map(() => new Float64Array(replicates));
  for (let first = 0; first < replicates; first += TOGETHER) {
    const count = Math.min(TOGETHER, replicates - first);
    times.fill(0);
    for (let r = 0; r < count; r++) {
      for (let draw = 0; draw < size; draw++) times[TOGETHER * random.integer(size) + r]++;
    }
    filled.forEach((column, c) => {
      const sums = weightedSums(times, column);
      for (let r = 0; r < count; r++) means[c][first + r] = sums[r] / size;
    });
  }
  return means;
}

/** Samples that are summed together: each number of a column is read once for all of them. */
const TOGETHER = 4;

/** The numbers of a column that add to a sum, and where they are. */
interface FilledColumn {
  readonly rows: Uint32Array;
  /** Parallel to the rows. */
  readonly values: Float32Array;
}

/** Most users have no hit, so most of their metrics are 0. */
function withoutZeros(column: Float32Array): FilledColumn {
  const rows = Uint32Array.from(column.keys()).filter((row) => column[row] !== 0);
  return { rows, values: Float32Array.from(rows, (row) => column[row]) };
}

/**
 * The sums of a column's numbers in four samples.
 *
 * @param times How often each sample has each number; the four counts of a number side by side.
 */
function weightedSums(times: Float64Array, { rows, values }: FilledColumn): readonly number[] {
  let a = 0, b = 0, c = 0, d = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[i], at = TOGETHER * rows[i];
    a += times[at] * value;
    b += times[at + 1] * value;
    c += times[at + 2] * value;
    d += times[at + 3] * value;
  }
  return [a, b, c, d];
}
