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
  const random = createRandom(seed);
  const times = new Uint32Array(size);
  const means = columns.map(() => new Float64Array(replicates));
  for (let replicate = 0; replicate < replicates; replicate++) {
    times.fill(0);
    for (let draw = 0; draw < size; draw++) times[random.integer(size)]++;
    columns.forEach((column, c) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += times[i] * column[i];
      means[c][replicate] = sum / size;
    });
  }
  return means;
}
