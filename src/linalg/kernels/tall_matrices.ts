import type { Csr } from "../sparse/csr.ts";
import { plainTallMatrices } from "./plain_tall_matrices.ts";
import { createSpace, placeCsr, type Space } from "./space.ts";
import type { Rows, TallMatrices, TallPlan } from "./tall_plan.ts";
import { createTeam } from "./team.ts";

/** What {@linkcode createTallMatrices} needs to know. */
export interface TallOptions {
  /** Columns of a block, a multiple of eight. */
  readonly width: number;
  /** How many, this one included. */
  readonly threads: number;
}

/** The rows of A are multiplied in so many parts, whose products are then added up, on any number of threads. */
const PARTS = 4;

/** Rows that are multiplied, or summed up, together. */
const PIECE_ROWS = 2048;

/**
 * Prepares arithmetic with tall matrices: by compiled kernels, or by plain code with the same results to the last
 * bit, on any number of threads.
 *
 * @param space Where to compute; `null` for plain code.
 */
export function createTallMatrices(
  a: Csr,
  options: TallOptions,
  space: Space | null = createSpace(),
): TallMatrices {
  const plan: TallPlan = {
    width: options.width,
    parts: cutByEntries(a, PARTS),
    pieces: Array.from({ length: Math.ceil(a.columns / PIECE_ROWS) }, (_, i) => ({
      row: i * PIECE_ROWS,
      end: Math.min((i + 1) * PIECE_ROWS, a.columns),
    })),
  };
  return space ? compiledTallMatrices(space, a, plan, options.threads) : plainTallMatrices(a, plan);
}

/** Parts of about as many entries. */
function cutByEntries({ rows, indptr }: Csr, parts: number): Rows[] {
  const cuts = Array.from({ length: parts + 1 }, (_, i) => {
    const entries = indptr[rows] * i / parts;
    let row = 0;
    while (row < rows && indptr[row] < entries) row++;
    return i === parts ? rows : row;
  });
  return cuts.slice(0, parts).map((row, i) => ({ row, end: cuts[i + 1] }));
}

function compiledTallMatrices(
  space: Space,
  a: Csr,
  { width, parts, pieces }: TallPlan,
  threads: number,
): TallMatrices {
  const { columns } = a;
  // Workers start while the matrix is copied.
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
    zeros: (columnsOfIt) => space.doubles(columns * columnsOfIt),
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
