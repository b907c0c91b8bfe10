// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.

function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}

/**
 * Y = AᵀA·Q in double precision: the sum of aᵀ·(a·Q) over the rows a of A.
 *
 * @param indptr Row starts of A, a CSR matrix with values in single precision.
 * @param q Row-major, columns of A × width; the width is a multiple of eight.
 * @param y Overwritten; the shape of Q.
 * @param columns Columns of A.
 * @param projected Scratch memory, `width` numbers of 8 bytes.
 */
export function normalProduct(
  indptr: usize,
  indices: usize,
  values: usize,
  rows: i32,
  q: usize,
  width: i32,
  y: usize,
  columns: i32,
  projected: usize,
): void {
  const bytes = <usize> width << 3;
  const all = <usize> columns * bytes;
  for (let at: usize = 0; at < all; at += 16) v128.store(y + at, f64x2.splat(0));
  for (let row = 0; row < rows; row++) {
    const start = <usize> load<u32>(indptr + (<usize> row << 2)) << 2;
    const end = <usize> load<u32>(indptr + (<usize> row << 2), 4) << 2;
    if (row % ROWS_FETCHED === 0) {
      const last = <usize> load<u32>(indptr + (<usize> min(row + ROWS_FETCHED, rows) << 2)) << 2;
      // The start of a long row is enough: the processor prefetches the rest.
      fetchDense(
        indices + start,
        indices + min(last, start + MAX_FETCHED),
        q,
        y,
        bytes,
        projected,
      );
    }
    for (let at: usize = 0; at < bytes; at += 64) {
      addRowProduct(indices, values, start, end, q + at, bytes, y + at);
    }
  }
}

/** Rows of A whose rows of Q and Y are loaded into the cache together. */
const ROWS_FETCHED: i32 = 16;

/** Bytes of column numbers to look at, at most. */
const MAX_FETCHED: usize = 2048;

/** Touches rows of Q and Y before they are needed, so that cache misses overlap. */
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
  // Keeps the compiler from removing the loads.
  store<f64>(sink, ofQ + ofY);
}

/** Eight columns of aᵀ·(a·Q) for one row a. */
function addRowProduct(
  indices: usize,
  values: usize,
  start: usize,
  end: usize,
  q: usize,
  bytes: usize,
  y: usize,
): void {
  let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
  for (let p = start; p < end; p += 4) {
    const from = q + <usize> load<u32>(indices + p) * bytes;
    const value = f64x2.splat(<f64> load<f32>(values + p));
    a = multiplyAdd(a, v128.load(from), value);
    b = multiplyAdd(b, v128.load(from, 16), value);
    c = multiplyAdd(c, v128.load(from, 32), value);
    d = multiplyAdd(d, v128.load(from, 48), value);
  }
  for (let p = start; p < end; p += 4) {
    const to = y + <usize> load<u32>(indices + p) * bytes;
    const value = f64x2.splat(<f64> load<f32>(values + p));
    v128.store(to, multiplyAdd(v128.load(to), a, value));
    v128.store(to, multiplyAdd(v128.load(to, 16), b, value), 16);
    v128.store(to, multiplyAdd(v128.load(to, 32), c, value), 32);
    v128.store(to, multiplyAdd(v128.load(to, 48), d, value), 48);
  }
}

/**
 * Sums matrices in their order.
 *
 * @param parts The first matrix; the others follow at intervals of `partBytes`.
 * @param length Number of doubles in a matrix; even.
 * @param sum Overwritten.
 */
export function sumParts(
  parts: usize,
  partBytes: usize,
  count: i32,
  length: i32,
  sum: usize,
): void {
  const bytes = <usize> length << 3;
  for (let at: usize = 0; at < bytes; at += 16) {
    let from = parts + at;
    let total = v128.load(from);
    for (let part = 1; part < count; part++) {
      from += partBytes;
      total = f64x2.add(total, v128.load(from));
    }
    v128.store(sum + at, total);
  }
}

/** Rows that fit into the cache together. */
const PANEL_ROWS: i32 = 128;

/**
 * QᵀW in double precision, summed row by row, where Q consists of blocks side by side.
 *
 * @param blocks The first block, row-major, rows × width; the others follow at intervals of
 * `blockBytes`.
 * @param w Row-major, rows × width; the width is a multiple of four.
 * @param out Overwritten; row-major, count·width × width.
 */
export function multiplyTransposed(
  blocks: usize,
  blockBytes: usize,
  count: i32,
  w: usize,
  rows: i32,
  width: i32,
  out: usize,
): void {
  const bytes = <usize> width << 3;
  const all = <usize> (count * width) * bytes;
  for (let at: usize = 0; at < all; at += 16) v128.store(out + at, f64x2.splat(0));
  for (let row = 0; row < rows; row += PANEL_ROWS) {
    const start = <usize> row * bytes;
    const end = <usize> min(row + PANEL_ROWS, rows) * bytes;
    let to = out;
    for (let block = 0; block < count; block++) {
      const q = blocks + <usize> block * blockBytes;
      for (let i: usize = 0; i < bytes; i += 32) {
        for (let j: usize = 0; j < bytes; j += 32) {
          addTile(q + start + i, q + end + i, w + start + j, bytes, to + j);
        }
        to += 4 * bytes;
      }
    }
  }
}

/** Adds the products of four columns with four others to a 4 × 4 tile. */
function addTile(left: usize, end: usize, right: usize, bytes: usize, to: usize): void {
  let a0 = v128.load(to), a1 = v128.load(to + bytes);
  let a2 = v128.load(to + 2 * bytes), a3 = v128.load(to + 3 * bytes);
  let b0 = v128.load(to, 16), b1 = v128.load(to + bytes, 16);
  let b2 = v128.load(to + 2 * bytes, 16), b3 = v128.load(to + 3 * bytes, 16);
  for (; left < end; left += bytes) {
    const a = v128.load(right), b = v128.load(right, 16);
    let value = v128.load64_splat(left);
    a0 = multiplyAdd(a0, a, value);
    b0 = multiplyAdd(b0, b, value);
    value = v128.load64_splat(left, 8);
    a1 = multiplyAdd(a1, a, value);
    b1 = multiplyAdd(b1, b, value);
    value = v128.load64_splat(left, 16);
    a2 = multiplyAdd(a2, a, value);
    b2 = multiplyAdd(b2, b, value);
    value = v128.load64_splat(left, 24);
    a3 = multiplyAdd(a3, a, value);
    b3 = multiplyAdd(b3, b, value);
    right += bytes;
  }
  storePair(to, a0, b0);
  storePair(to + bytes, a1, b1);
  storePair(to + 2 * bytes, a2, b2);
  storePair(to + 3 * bytes, a3, b3);
}

function storePair(to: usize, a: v128, b: v128): void {
  v128.store(to, a);
  v128.store(to, b, 16);
}

/**
 * Adds Q·C in double precision, where Q consists of blocks side by side: block by block, each from
 * its first column to its last.
 *
 * @param blocks The first block, row-major, rows × width; the others follow at intervals of
 * `blockBytes`.
 * @param c Row-major, count·width × outWidth; both widths are multiples of four.
 * @param out Row-major, rows × outWidth.
 */
export function addMultiplied(
  blocks: usize,
  blockBytes: usize,
  count: i32,
  c: usize,
  rows: i32,
  width: i32,
  outWidth: i32,
  out: usize,
): void {
  const bytes = <usize> width << 3, outBytes = <usize> outWidth << 3;
  for (let row = 0; row < rows; row += 4) {
    const from = blocks + <usize> row * bytes;
    const to = out + <usize> row * outBytes;
    // If fewer than four rows remain, the first stands in for the missing ones.
    const remaining = rows - row;
    const second = remaining > 1 ? 1 : 0, third = remaining > 2 ? 2 : 0;
    const fourth = remaining > 3 ? 3 : 0;
    for (let j: usize = 0; j < outBytes; j += 32) {
      addFourRows(
        from,
        from + <usize> second * bytes,
        from + <usize> third * bytes,
        from + <usize> fourth * bytes,
        blockBytes,
        count,
        c + j,
        bytes,
        outBytes,
        to + j,
        to + <usize> second * outBytes + j,
        to + <usize> third * outBytes + j,
        to + <usize> fourth * outBytes + j,
      );
    }
  }
}

function addFourRows(
  q0: usize,
  q1: usize,
  q2: usize,
  q3: usize,
  blockBytes: usize,
  count: i32,
  c: usize,
  bytes: usize,
  outBytes: usize,
  to0: usize,
  to1: usize,
  to2: usize,
  to3: usize,
): void {
  let a0 = v128.load(to0), a1 = v128.load(to1), a2 = v128.load(to2), a3 = v128.load(to3);
  let b0 = v128.load(to0, 16), b1 = v128.load(to1, 16);
  let b2 = v128.load(to2, 16), b3 = v128.load(to3, 16);
  for (let block = 0; block < count; block++) {
    for (let at: usize = 0; at < bytes; at += 8) {
      const a = v128.load(c), b = v128.load(c, 16);
      let value = v128.load64_splat(q0 + at);
      a0 = multiplyAdd(a0, a, value);
      b0 = multiplyAdd(b0, b, value);
      value = v128.load64_splat(q1 + at);
      a1 = multiplyAdd(a1, a, value);
      b1 = multiplyAdd(b1, b, value);
      value = v128.load64_splat(q2 + at);
      a2 = multiplyAdd(a2, a, value);
      b2 = multiplyAdd(b2, b, value);
      value = v128.load64_splat(q3 + at);
      a3 = multiplyAdd(a3, a, value);
      b3 = multiplyAdd(b3, b, value);
      c += outBytes;
    }
    q0 += blockBytes;
    q1 += blockBytes;
    q2 += blockBytes;
    q3 += blockBytes;
  }
  storePair(to3, a3, b3);
  storePair(to2, a2, b2);
  storePair(to1, a1, b1);
  storePair(to0, a0, b0);
}
