// @ts-nocheck AssemblyScript, whose own compiler checks it; its numbers are Wasm's, its pointers offsets in memory.

/**
 * Adds AᵀA·Q to Y, in double precision: of every row a of A, aᵀ·(a·Q).
 *
 * @param indptr Of A, compressed rows; its values are in single precision.
 * @param q Row-major, columns of A × width.
 * @param y Row-major, like Q.
 * @param projected Scratch, `width` numbers.
 */
export function addNormalProduct(
  indptr: usize,
  indices: usize,
  values: usize,
  rows: i32,
  q: usize,
  width: i32,
  y: usize,
  projected: usize,
): void {
  const bytes = <usize> width << 3;
  for (let row = 0; row < rows; row++) {
    if (row % ROWS_FETCHED === 0) {
      const from = <usize> load<u32>(indptr + (<usize> row << 2)) << 2;
      const to = <usize> load<u32>(indptr + (<usize> min(row + ROWS_FETCHED, rows) << 2)) << 2;
      // Of a long row the beginning is enough: the processor foresees no more.
      const end = min(to, from + MOST_FETCHED);
      fetchDense(indices + from, indices + end, q, y, bytes, projected);
    }
    const start = <usize> load<u32>(indptr + (<usize> row << 2)) << 2;
    const end = <usize> load<u32>(indptr + (<usize> row << 2), 4) << 2;
    for (let at: usize = 0; at < bytes; at += 8) store<f64>(projected + at, 0);
    for (let p = start; p < end; p += 4) {
      const from = q + <usize> load<u32>(indices + p) * bytes;
      addScaled(from, <f64> load<f32>(values + p), projected, bytes);
    }
    for (let p = start; p < end; p += 4) {
      const to = y + <usize> load<u32>(indices + p) * bytes;
      addScaled(projected, <f64> load<f32>(values + p), to, bytes);
    }
  }
}

/** So many rows' parts of Q and Y are brought into the processor's cache together. */
const ROWS_FETCHED: i32 = 4;

/** At most so many bytes of column numbers. */
const MOST_FETCHED: usize = 512;

/** Looks at rows of Q and Y before they are needed: misses of the cache then overlap instead of queueing up. */
function fetchDense(
  from: usize,
  to: usize,
  q: usize,
  y: usize,
  bytes: usize,
  sink: usize,
): void {
  let ofQ: f64 = 0, ofY: f64 = 0;
  for (let p = from; p < to; p += 4) {
    const start = <usize> load<u32>(p) * bytes;
    for (let at: usize = 0; at < bytes; at += 64) {
      ofQ += load<f64>(q + start + at);
      ofY += load<f64>(y + start + at);
    }
  }
  // Overwritten at once: without it, the compiler would see that nobody needs the sums.
  store<f64>(sink, ofQ + ofY);
}

/** to += factor · from */
function addScaled(from: usize, factor: f64, to: usize, bytes: usize): void {
  const factors = f64x2.splat(factor);
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) {
    const a = f64x2.mul(factors, v128.load(from + at));
    const b = f64x2.mul(factors, v128.load(from + at, 16));
    v128.store(to + at, f64x2.add(v128.load(to + at), a));
    v128.store(to + at, f64x2.add(v128.load(to + at, 16), b), 16);
  }
  for (; at < bytes; at += 8) {
    store<f64>(to + at, load<f64>(to + at) + factor * load<f64>(from + at));
  }
}
