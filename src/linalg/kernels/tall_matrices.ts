import type { Csr } from "../sparse/csr.ts";
import { createSpace, placeCsr } from "./space.ts";
import { planTall, type TallMatrices } from "./tall_plan.ts";
import { createTeam } from "./team.ts";

/** The layout and the threads of {@linkcode createTallMatrices}. */
export interface TallOptions {
  /** Columns of a block, a multiple of eight. */
  readonly width: number;
  /** Number of threads, including this one. */
  readonly threads: number;
}

/**
 * Prepares arithmetic with tall matrices by compiled kernels. Results are the same to the last bit
 * with any number of threads.
 *
 * @throws {InputError} If the runtime can't run the kernels.
 */
export function createTallMatrices(a: Csr, { width, threads }: TallOptions): TallMatrices {
  const space = createSpace();
  const { parts, pieces } = planTall(a);
  const { columns } = a;
  // Workers start up while the matrix is copied.
  const team = createTeam(space, { threads, scratch: 2 * width });
  const { indptr, indices, values } = placeCsr(space, a);
  const block = columns * width;
  const partial = space.doubles(parts.length * block);
  const bytesOf = (numbers: number) => numbers * Float64Array.BYTES_PER_ELEMENT;
  let coefficients = space.doubles(0);
  const coefficientsOf = (length: number) => {
    if (length > coefficients.length) coefficients = space.doubles(2 * length);
    return coefficients;
  };
  return {
    zeros: (ownColumns) => space.doubles(columns * ownColumns),
    borrowedZeros: (ownColumns) => partial.subarray(0, columns * ownColumns).fill(0),
    async normalProduct(q, y) {
      await team.run(
        "normalProduct",
        parts.map(({ row, end }, i) => [
          indptr.byteOffset + 4 * row,
          indices.byteOffset,
          values.byteOffset,
          end - row,
          q.byteOffset,
          width,
          partial.byteOffset + bytesOf(i * block),
          columns,
        ]),
      );
      await team.run(
        "sumParts",
        pieces.map(({ row, end }) => [
          partial.byteOffset + bytesOf(row * width),
          bytesOf(block),
          parts.length,
          (end - row) * width,
          y.byteOffset + bytesOf(row * width),
        ]),
      );
    },
    async transposedProduct(q, w) {
      const size = q.length / columns * width;
      const sums = coefficientsOf(pieces.length * size);
      await team.run(
        "multiplyTransposed",
        pieces.map(({ row, end }, i) => [
          q.byteOffset + bytesOf(row * width),
          bytesOf(block),
          q.length / block,
          w.byteOffset + bytesOf(row * width),
          end - row,
          width,
          sums.byteOffset + bytesOf(i * size),
        ]),
      );
      const product = new Float64Array(size);
      for (let i = 0; i < pieces.length; i++) {
        for (let at = 0; at < size; at++) product[at] += sums[i * size + at];
      }
      return product;
    },
    async addProduct(q, c, out) {
      const placed = coefficientsOf(c.length);
      placed.set(c);
      const outWidth = out.length / columns;
      await team.run(
        "addMultiplied",
        pieces.map(({ row, end }) => [
          q.byteOffset + bytesOf(row * width),
          bytesOf(block),
          q.length / block,
          placed.byteOffset,
          end - row,
          width,
          outWidth,
          out.byteOffset + bytesOf(row * outWidth),
        ]),
      );
    },
    [Symbol.dispose]: () => team[Symbol.dispose](),
  };
}
