/**
 * Arithmetic with matrices as tall as a sparse one, A, is wide: blocks of so many columns, row-major, in double
 * precision. Blocks side by side lie one after another.
 */
export interface TallMatrices extends Disposable {
  /** So many numbers for each column of A, all zero: blocks, or what {@linkcode TallMatrices.addProduct} adds to. */
  zeros(width: number): Float64Array;
  /** Y = AᵀA·Q, row of A by row, without AᵀA or A·Q ever being held. Both are blocks; Y is overwritten. */
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
   * @param out Its columns a multiple of four.
   */
  addProduct(q: Float64Array, c: Float64Array, out: Float64Array): Promise<void>;
}

/** Rows, up to `end`. */
export interface Rows {
  readonly row: number;
  readonly end: number;
}

/** What is computed apart, so that sums come out alike wherever they are computed. */
export interface TallPlan {
  readonly width: number;
  /** Of A. */
  readonly parts: readonly Rows[];
  /** Of the tall matrices. */
  readonly pieces: readonly Rows[];
}
