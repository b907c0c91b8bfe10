import type { Csr } from "../sparse/csr.ts";

/**
 * Arithmetic with matrices that have a row for each column of a sparse matrix A: blocks of a fixed
 * number of columns, row-major, in double precision. Several blocks are stored one after another.
 */
export interface TallMatrices extends Disposable {
  /**
   * A zeroed matrix of `width` numbers per column of A, for blocks or for
   * {@linkcode TallMatrices.addProduct}.
   */
  zeros(width: number): Float64Array;
  /**
   * The same, up to four times as wide as a block, in memory that
   * {@linkcode TallMatrices.normalProduct} overwrites.
   */
  borrowedZeros(width: number): Float64Array;
  /** Y = AᵀA·Q, row of A by row, without storing AᵀA or A·Q. Both are blocks; Y is overwritten. */
  normalProduct(q: Float64Array, y: Float64Array): Promise<void>;
  /**
   * QᵀW
   *
   * @param q Any number of blocks.
   * @param w One block.
   * @returns Row-major, columns of Q × columns of W.
   */
  transposedProduct(q: Float64Array, w: Float64Array): Promise<Float64Array>;
  /**
   * Adds Q·C to another matrix.
   *
   * @param q Any number of blocks.
   * @param c Row-major, columns of Q × columns of `out`.
   * @param out A multiple of four columns.
   */
  addProduct(q: Float64Array, c: Float64Array, out: Float64Array): Promise<void>;
}

/** Rows from `row` up to `end`. */
export interface Rows {
  readonly row: number;
  readonly end: number;
}

/** How sums are cut, so that they come out the same with any number of threads. */
export interface TallPlan {
  /** Rows of A, whose products are summed in this order. */
  readonly parts: readonly Rows[];
  /** Rows of the tall matrices. */
  readonly pieces: readonly Rows[];
}

const PARTS = 4;

/** Rows of a tall matrix in one kernel call. */
const PIECE_ROWS = 2048;

/** Cuts A into parts of about equally many entries, and the tall matrices into pieces. */
export function planTall({ rows, columns, indptr }: Csr): TallPlan {
  const cuts = Array.from({ length: PARTS + 1 }, (_, i) => {
    const entries = indptr[rows] * i / PARTS;
    let row = 0;
    while (row < rows && indptr[row] < entries) row++;
    return i === PARTS ? rows : row;
  });
  return {
    parts: cuts.slice(0, PARTS).map((row, i) => ({ row, end: cuts[i + 1] })),
    pieces: Array.from({ length: Math.ceil(columns / PIECE_ROWS) }, (_, i) => ({
      row: i * PIECE_ROWS,
      end: Math.min((i + 1) * PIECE_ROWS, columns),
    })),
  };
}
