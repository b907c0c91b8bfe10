// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.

function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

function storePair(to: usize, a: v128, b: v128): void {
  v128.store(to, a);
  v128.store(to, b, 16);
}

/** A loop, since memory.fill has more overhead than clearing a small matrix takes. */
function clear(start: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(start + at, f32x4.splat(0));
}

/** Rows that fit into the cache together. */
const PANEL_ROWS: i32 = 512;

/**
 * Adds PᵀP to the upper triangle of a matrix and the tiles on its diagonal, in tiles of 4 × 8 and 4
 * × 4. Entries are summed row by row.
 *
 * @param panel P, row-major, `rows` × `width`; the width is a multiple of four.
 * @param gram Row-major, width × width.
 */
function addGram(panel: usize, rows: i32, width: i32, gram: usize): void {
  const bytes = <usize> width << 2;
  for (let i = 0; i < width; i += 4) {
    let j = i;
    for (; j + 8 <= width; j += 8) addWideTile(panel, rows, bytes, i, j, gram);
    if (j < width) addTile(panel, rows, bytes, i, j, gram);
  }
}

function addWideTile(
  panel: usize,
  rows: i32,
  bytes: usize,
  i: i32,
  j: i32,
  gram: usize,
): void {
  const to = gram + <usize> i * bytes + (<usize> j << 2);
  let a0 = v128.load(to), a1 = v128.load(to + bytes);
  let a2 = v128.load(to + 2 * bytes), a3 = v128.load(to + 3 * bytes);
  let b0 = v128.load(to, 16), b1 = v128.load(to + bytes, 16);
  let b2 = v128.load(to + 2 * bytes, 16), b3 = v128.load(to + 3 * bytes, 16);
  let left = panel + (<usize> i << 2), right = panel + (<usize> j << 2);
  for (let row = 0; row < rows; row++) {
    const a = v128.load(right), b = v128.load(right, 16);
    let value = v128.load32_splat(left);
    a0 = multiplyAdd(a0, a, value);
    b0 = multiplyAdd(b0, b, value);
    value = v128.load32_splat(left, 4);
    a1 = multiplyAdd(a1, a, value);
    b1 = multiplyAdd(b1, b, value);
    value = v128.load32_splat(left, 8);
    a2 = multiplyAdd(a2, a, value);
    b2 = multiplyAdd(b2, b, value);
    value = v128.load32_splat(left, 12);
    a3 = multiplyAdd(a3, a, value);
    b3 = multiplyAdd(b3, b, value);
    left += bytes;
    right += bytes;
  }
  storePair(to, a0, b0);
  storePair(to + bytes, a1, b1);
  storePair(to + 2 * bytes, a2, b2);
  storePair(to + 3 * bytes, a3, b3);
}

function addTile(panel: usize, rows: i32, bytes: usize, i: i32, j: i32, gram: usize): void {
  const to = gram + <usize> i * bytes + (<usize> j << 2);
  let a0 = v128.load(to), a1 = v128.load(to + bytes);
  let a2 = v128.load(to + 2 * bytes), a3 = v128.load(to + 3 * bytes);
  let left = panel + (<usize> i << 2), right = panel + (<usize> j << 2);
  for (let row = 0; row < rows; row++) {
    const a = v128.load(right);
    a0 = multiplyAdd(a0, a, v128.load32_splat(left));
    a1 = multiplyAdd(a1, a, v128.load32_splat(left, 4));
    a2 = multiplyAdd(a2, a, v128.load32_splat(left, 8));
    a3 = multiplyAdd(a3, a, v128.load32_splat(left, 12));
    left += bytes;
    right += bytes;
  }
  v128.store(to, a0);
  v128.store(to + bytes, a1);
  v128.store(to + 2 * bytes, a2);
  v128.store(to + 3 * bytes, a3);
}

/** Multiplies each row by a number of its own. */
function scaleRows(a: usize, rows: i32, width: i32, scales: usize, to: usize): void {
  const bytes = <usize> width << 2;
  for (let row = 0; row < rows; row++) {
    const scale = v128.load32_splat(scales + (<usize> row << 2));
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(to + at, f32x4.mul(v128.load(a + at), scale));
    }
    a += bytes;
    to += bytes;
  }
}

/**
 * The upper triangle of AᵀA: sums of 512 rows in single precision, their sum in double precision.
 *
 * @param a Row-major, `rows` × `width`; the width is a multiple of four.
 * @param scales A number for each row, by which it is multiplied first; 0 for none.
 * @param gram Overwritten; doubles, row-major, width × width.
 * @param scratch Memory for width × width numbers and, with scales, for 512 rows.
 */
export function gramOfRows(
  a: usize,
  rows: i32,
  width: i32,
  scales: usize,
  gram: usize,
  scratch: usize,
): void {
  const tile = scratch;
  const scaled = scratch + ((<usize> (width * width)) << 2);
  clear(gram, (<usize> (width * width)) << 3);
  for (let row = 0; row < rows; row += PANEL_ROWS) {
    const count = min(PANEL_ROWS, rows - row);
    clear(tile, (<usize> (width * width)) << 2);
    let panel = a + ((<usize> row * <usize> width) << 2);
    if (scales !== 0) {
      scaleRows(panel, count, width, scales + (<usize> row << 2), scaled);
      panel = scaled;
    }
    addGram(panel, count, width, tile);
    for (let i = 0; i < width; i++) {
      for (let j = i; j < width; j++) {
        const at = <usize> (i * width + j);
        store<f64>(gram + (at << 3), load<f64>(gram + (at << 3)) + load<f32>(tile + (at << 2)));
      }
    }
  }
}

/**
 * Multiplies rows by a square matrix from the right, in place, summing from left to right.
 *
 * @param a Row-major, `rows` × `width`; the width is a multiple of four.
 * @param matrix Row-major, width × width.
 * @param scratch Memory for four rows.
 */
export function rotateRows(
  a: usize,
  rows: i32,
  width: i32,
  matrix: usize,
  scratch: usize,
): void {
  const bytes = <usize> width << 2;
  for (let row = 0; row < rows; row += 4) {
    const count = min(4, rows - row);
    const from = a + <usize> row * bytes;
    // The four rows side by side; missing ones are copies of the last, never written back.
    for (let f = 0; f < width; f++) {
      for (let r = 0; r < 4; r++) {
        const value = load<f32>(from + <usize> min(r, count - 1) * bytes + (<usize> f << 2));
        store<f32>(scratch + (<usize> (4 * f + r) << 2), value);
      }
    }
    let j = 0;
    for (; j + 8 <= width; j += 8) rotateWide(scratch, matrix, bytes, j, from, count);
    if (j < width) rotateNarrow(scratch, matrix, bytes, j, from, count);
  }
}

function rotateWide(
  scratch: usize,
  matrix: usize,
  bytes: usize,
  j: i32,
  to: usize,
  count: i32,
): void {
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0), a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0), b3 = f32x4.splat(0);
  let right = matrix + (<usize> j << 2);
  const end = scratch + 4 * bytes;
  for (let left = scratch; left < end; left += 16) {
    const a = v128.load(right), b = v128.load(right, 16);
    let value = v128.load32_splat(left);
    a0 = multiplyAdd(a0, a, value);
    b0 = multiplyAdd(b0, b, value);
    value = v128.load32_splat(left, 4);
    a1 = multiplyAdd(a1, a, value);
    b1 = multiplyAdd(b1, b, value);
    value = v128.load32_splat(left, 8);
    a2 = multiplyAdd(a2, a, value);
    b2 = multiplyAdd(b2, b, value);
    value = v128.load32_splat(left, 12);
    a3 = multiplyAdd(a3, a, value);
    b3 = multiplyAdd(b3, b, value);
    right += bytes;
  }
  to += <usize> j << 2;
  storePair(to, a0, b0);
  if (count > 1) storePair(to + bytes, a1, b1);
  if (count > 2) storePair(to + 2 * bytes, a2, b2);
  if (count > 3) storePair(to + 3 * bytes, a3, b3);
}

function rotateNarrow(
  scratch: usize,
  matrix: usize,
  bytes: usize,
  j: i32,
  to: usize,
  count: i32,
): void {
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0), a3 = f32x4.splat(0);
  let right = matrix + (<usize> j << 2);
  const end = scratch + 4 * bytes;
  for (let left = scratch; left < end; left += 16) {
    const a = v128.load(right);
    a0 = multiplyAdd(a0, a, v128.load32_splat(left));
    a1 = multiplyAdd(a1, a, v128.load32_splat(left, 4));
    a2 = multiplyAdd(a2, a, v128.load32_splat(left, 8));
    a3 = multiplyAdd(a3, a, v128.load32_splat(left, 12));
    right += bytes;
  }
  to += <usize> j << 2;
  v128.store(to, a0);
  if (count > 1) v128.store(to + bytes, a1);
  if (count > 2) v128.store(to + 2 * bytes, a2);
  if (count > 3) v128.store(to + 3 * bytes, a3);
}

/**
 * Solves one small ridge regression for each row of a sparse matrix:
 *
 *   (diag(d) + λ·I + Σ w·y·yᵀ) x = Σ (w + b)·y
 *
 * In units of s = (d + λ)^(−½), with z = s·y: if there are fewer entries than factors, by the
 * system of the entries (Woodbury),
 *
 *   (I + W^½·ZZᵀ·W^½) q = W^½·ZZᵀ·v,  x = s·Zᵀ(v − W^½·q),  v = w + b where w > 0
 *
 * else by the system of the factors, (I + ZᵀWZ) x/s = Zᵀv.
 *
 * @param rows The rows to solve.
 * @param weights Parallel to `indices`; at least 0.
 * @param base b
 * @param fixed The vectors y, row-major; the width is a multiple of four.
 * @param diagonal d, single precision.
 * @param lambdas λ of each row of the matrix.
 * @param solved Row-major, rows of the matrix × width; only the rows to solve are written.
 * @param scratch Memory for 4·width + width² + max(512, width)·width numbers.
 */
export function solveRows(
  rows: usize,
  count: i32,
  indptr: usize,
  indices: usize,
  weights: usize,
  base: f32,
  fixed: usize,
  width: i32,
  diagonal: usize,
  lambdas: usize,
  solved: usize,
  scratch: usize,
): void {
  const bytes = <usize> width << 2;
  const scales = scratch;
  const system = scratch + 4 * bytes;
  const panel = system + <usize> width * bytes;
  let lambda: f32 = -1;
  let ready = 0;
  for (let i = 0; i < count; i++) {
    const row = <usize> load<u32>(rows + (<usize> i << 2));
    const start = <usize> load<u32>(indptr + (row << 2));
    const size = <i32> (load<u32>(indptr + (row << 2), 4) - <u32> start);
    const to = solved + row * bytes;
    const own = indices + (start << 2), ownWeights = weights + (start << 2);
    if (i === ready) ready = fetchRows(rows, i, count, indptr, indices, fixed, bytes, panel);
    if (lambda !== load<f32>(lambdas + (row << 2))) {
      lambda = load<f32>(lambdas + (row << 2));
      setScales(scales, diagonal, lambda, bytes);
    }
    if (size < width) {
      solveDual(own, ownWeights, size, base, fixed, width, scales, system, panel, to);
    } else {
      solvePrimal(own, ownWeights, size, base, fixed, width, scales, system, panel, to);
    }
  }
}

/** Loads the vectors of the next rows into the cache. @returns The row after them. */
function fetchRows(
  rows: usize,
  first: i32,
  count: i32,
  indptr: usize,
  indices: usize,
  fixed: usize,
  bytes: usize,
  sink: usize,
): i32 {
  let budget = FETCHED, i = first;
  while (i < count && budget > 0) {
    const row = <usize> load<u32>(rows + (<usize> i << 2));
    const start = <usize> load<u32>(indptr + (row << 2));
    const size = <i32> (load<u32>(indptr + (row << 2), 4) - <u32> start);
    fetch(indices + (start << 2), min(size, budget), fixed, bytes, sink);
    budget -= size;
    i++;
  }
  return i;
}

/** v of an entry; entries of weight 0 are ignored. */
function targetOf(weight: f32, base: f32): f32 {
  return weight > 0 ? weight + base : 0;
}

/** Vectors that are loaded into the cache together. */
const FETCHED: i32 = 64;

/**
 * Touches vectors before they are needed, so that cache misses overlap.
 *
 * @param sink Memory for one number; writing there keeps the compiler from removing the loads.
 */
function fetch(indices: usize, count: i32, fixed: usize, bytes: usize, sink: usize): void {
  let sum0: f32 = 0, sum1: f32 = 0;
  for (let i = 0; i < count; i++) {
    const y = fixed + <usize> load<u32>(indices + (<usize> i << 2)) * bytes;
    for (let at: usize = 0; at < bytes; at += 128) {
      sum0 += load<f32>(y + at);
      sum1 += load<f32>(y + at, 64);
    }
  }
  store<f32>(sink, sum0 + sum1);
}

/** s = (d + λ)^(−½) */
function setScales(scales: usize, diagonal: usize, lambda: f32, bytes: usize): void {
  const one = f32x4.splat(1), added = f32x4.splat(lambda);
  for (let at: usize = 0; at < bytes; at += 16) {
    const root = f32x4.sqrt(f32x4.add(v128.load(diagonal + at), added));
    v128.store(scales + at, f32x4.div(one, root));
  }
}

function solveDual(
  indices: usize,
  weights: usize,
  size: i32,
  base: f32,
  fixed: usize,
  width: i32,
  scales: usize,
  system: usize,
  panel: usize,
  to: usize,
): void {
  const bytes = <usize> width << 2;
  const padded = (size + 3) & ~3;
  const paddedBytes = <usize> padded << 2;
  const roots = scales + bytes, right = scales + 2 * bytes, solution = scales + 3 * bytes;
  gatherColumns(indices, size, padded, fixed, bytes, scales, panel);
  clear(system, <usize> padded * paddedBytes);
  addGram(panel, width, padded, system);
  mirror(system, padded);
  for (let i = 0; i < padded; i++) {
    const at = <usize> i << 2;
    store<f32>(roots + at, i < size ? sqrt(load<f32>(weights + at)) : 0);
  }
  clear(right, paddedBytes);
  for (let i = 0; i < size; i++) {
    const row = system + <usize> i * paddedBytes;
    const target = f32x4.splat(targetOf(load<f32>(weights + (<usize> i << 2)), base));
    for (let at: usize = 0; at < paddedBytes; at += 16) {
      v128.store(right + at, multiplyAdd(v128.load(right + at), v128.load(row + at), target));
    }
  }
  for (let at: usize = 0; at < paddedBytes; at += 16) {
    v128.store(right + at, f32x4.mul(v128.load(right + at), v128.load(roots + at)));
  }
  for (let i = 0; i < padded; i++) {
    const row = system + <usize> i * paddedBytes;
    const root = f32x4.splat(load<f32>(roots + (<usize> i << 2)));
    for (let at: usize = 0; at < paddedBytes; at += 16) {
      v128.store(row + at, f32x4.mul(f32x4.mul(v128.load(row + at), root), v128.load(roots + at)));
    }
    store<f32>(row + (<usize> i << 2), load<f32>(row + (<usize> i << 2)) + 1);
  }
  factorize(system, padded);
  solveFactorized(system, padded, right, solution);

  clear(to, bytes);
  for (let i = 0; i < size; i++) {
    const at = <usize> i << 2;
    const share = targetOf(load<f32>(weights + at), base) -
      load<f32>(roots + at) * load<f32>(solution + at);
    const y = fixed + <usize> load<u32>(indices + at) * bytes;
    const shares = f32x4.splat(share);
    for (let f: usize = 0; f < bytes; f += 16) {
      v128.store(to + f, multiplyAdd(v128.load(to + f), v128.load(y + f), shares));
    }
  }
  for (let f: usize = 0; f < bytes; f += 16) {
    const scale = v128.load(scales + f);
    v128.store(to + f, f32x4.mul(f32x4.mul(v128.load(to + f), scale), scale));
  }
}

/** The scaled vectors as columns, width × padded, padded with zeros. */
function gatherColumns(
  indices: usize,
  size: i32,
  padded: i32,
  fixed: usize,
  bytes: usize,
  scales: usize,
  panel: usize,
): void {
  const paddedBytes = <usize> padded << 2;
  for (let i = 0; i < padded; i += 4) {
    const a = fixed + <usize> load<u32>(indices + (<usize> i << 2)) * bytes;
    // Padding is the first vector times zero.
    const hasB = i + 1 < size, hasC = i + 2 < size, hasD = i + 3 < size;
    const b = hasB ? fixed + <usize> load<u32>(indices + (<usize> i << 2), 4) * bytes : a;
    const c = hasC ? fixed + <usize> load<u32>(indices + (<usize> i << 2), 8) * bytes : a;
    const d = hasD ? fixed + <usize> load<u32>(indices + (<usize> i << 2), 12) * bytes : a;
    const maskB = f32x4.splat(hasB ? 1 : 0), maskC = f32x4.splat(hasC ? 1 : 0);
    const maskD = f32x4.splat(hasD ? 1 : 0);
    let to = panel + (<usize> i << 2);
    for (let f: usize = 0; f < bytes; f += 16) {
      const scale = v128.load(scales + f);
      storeTransposed(
        f32x4.mul(v128.load(a + f), scale),
        f32x4.mul(f32x4.mul(v128.load(b + f), scale), maskB),
        f32x4.mul(f32x4.mul(v128.load(c + f), scale), maskC),
        f32x4.mul(f32x4.mul(v128.load(d + f), scale), maskD),
        to,
        paddedBytes,
      );
      to += 4 * paddedBytes;
    }
  }
}

function solvePrimal(
  indices: usize,
  weights: usize,
  size: i32,
  base: f32,
  fixed: usize,
  width: i32,
  scales: usize,
  system: usize,
  panel: usize,
  to: usize,
): void {
  const bytes = <usize> width << 2;
  const right = scales + bytes;
  clear(right, bytes);
  clear(system, <usize> width * bytes);
  for (let first = 0; first < size; first += PANEL_ROWS) {
    const end = min(first + PANEL_ROWS, size);
    let row = panel;
    for (let i = first; i < end; i++) {
      const at = <usize> i << 2;
      if (i > 0 && i % FETCHED === 0) fetch(indices + at, min(FETCHED, end - i), fixed, bytes, row);
      const y = fixed + <usize> load<u32>(indices + at) * bytes;
      const weight = load<f32>(weights + at);
      const root = f32x4.splat(sqrt(weight)), target = f32x4.splat(targetOf(weight, base));
      for (let f: usize = 0; f < bytes; f += 16) {
        const z = f32x4.mul(v128.load(y + f), v128.load(scales + f));
        v128.store(row + f, f32x4.mul(z, root));
        v128.store(right + f, multiplyAdd(v128.load(right + f), z, target));
      }
      row += bytes;
    }
    addGram(panel, end - first, width, system);
  }
  for (let f = 0; f < width; f++) {
    const at = system + (<usize> (f * width + f) << 2);
    store<f32>(at, load<f32>(at) + 1);
  }
  factorize(system, width);
  solveFactorized(system, width, right, to);
  for (let f: usize = 0; f < bytes; f += 16) {
    v128.store(to + f, f32x4.mul(v128.load(to + f), v128.load(scales + f)));
  }
}

/** Copies the tiles above the diagonal, transposed, to below it. */
function mirror(matrix: usize, size: i32): void {
  const bytes = <usize> size << 2;
  for (let i = 0; i < size; i += 4) {
    for (let j = i + 4; j < size; j += 4) {
      const from = matrix + <usize> i * bytes + (<usize> j << 2);
      const to = matrix + <usize> j * bytes + (<usize> i << 2);
      const a = v128.load(from), b = v128.load(from + bytes);
      const c = v128.load(from + 2 * bytes), d = v128.load(from + 3 * bytes);
      storeTransposed(a, b, c, d, to, bytes);
    }
  }
}

/** Stores four vectors as the columns of a tile whose rows are `bytes` apart. */
function storeTransposed(a: v128, b: v128, c: v128, d: v128, to: usize, bytes: usize): void {
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(to + bytes, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
  v128.store(to + 2 * bytes, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
  v128.store(to + 3 * bytes, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
}

/**
 * Cholesky factorization A = UᵀU in place: U above the diagonal, the inverse pivots on it. Finishes
 * four rows at a time and then subtracts them from all rows below.
 *
 * @param size A multiple of four.
 */
function factorize(matrix: usize, size: i32): void {
  const bytes = <usize> size << 2;
  for (let j = 0; j < size; j += 4) {
    const start = <usize> j << 2;
    const row0 = matrix + <usize> j * bytes;
    const row1 = row0 + bytes, row2 = row1 + bytes, row3 = row2 + bytes;
    finishRow(row0, start, 0, bytes);
    subtractRow(row1, row0, start + 4, start, bytes);
    finishRow(row1, start, 4, bytes);
    subtractRow(row2, row0, start + 8, start, bytes);
    subtractRow(row2, row1, start + 8, start, bytes);
    finishRow(row2, start, 8, bytes);
    subtractRow(row3, row0, start + 12, start, bytes);
    subtractRow(row3, row1, start + 12, start, bytes);
    subtractRow(row3, row2, start + 12, start, bytes);
    finishRow(row3, start, 12, bytes);
    let row = row3 + bytes;
    for (let column = start + 16; column < bytes; column += 4) {
      const u0 = v128.load32_splat(row0 + column), u1 = v128.load32_splat(row1 + column);
      const u2 = v128.load32_splat(row2 + column), u3 = v128.load32_splat(row3 + column);
      for (let at = column & ~15; at < bytes; at += 16) {
        let value = v128.load(row + at);
        value = f32x4.sub(value, f32x4.mul(u0, v128.load(row0 + at)));
        value = f32x4.sub(value, f32x4.mul(u1, v128.load(row1 + at)));
        value = f32x4.sub(value, f32x4.mul(u2, v128.load(row2 + at)));
        value = f32x4.sub(value, f32x4.mul(u3, v128.load(row3 + at)));
        v128.store(row + at, value);
      }
      row += bytes;
    }
  }
}

/** Divides a row by the square root of its pivot and replaces the pivot by the root's inverse. */
function finishRow(row: usize, start: usize, pivot: usize, bytes: usize): void {
  const inverse: f32 = <f32> 1 / sqrt(load<f32>(row + start + pivot));
  const inverses = f32x4.splat(inverse);
  for (let at = start; at < bytes; at += 16) {
    v128.store(row + at, f32x4.mul(v128.load(row + at), inverses));
  }
  store<f32>(row + start + pivot, inverse);
}

/** row −= u·other, with u the other row's entry in `column`. */
function subtractRow(row: usize, other: usize, column: usize, start: usize, bytes: usize): void {
  const u = v128.load32_splat(other + column);
  for (let at = start; at < bytes; at += 16) {
    v128.store(row + at, f32x4.sub(v128.load(row + at), f32x4.mul(u, v128.load(other + at))));
  }
}

/** Solves UᵀU·x = b with the factor of {@linkcode factorize}; overwrites b. */
function solveFactorized(matrix: usize, size: i32, b: usize, x: usize): void {
  const bytes = <usize> size << 2;
  let row = matrix;
  for (let column: usize = 0; column < bytes; column += 4) {
    const value = load<f32>(b + column) * load<f32>(row + column);
    const values = f32x4.splat(value);
    for (let at = column & ~15; at < bytes; at += 16) {
      v128.store(b + at, f32x4.sub(v128.load(b + at), f32x4.mul(values, v128.load(row + at))));
    }
    store<f32>(x + column, value);
    row += bytes;
  }
  // From here on b holds the known part of x, and zeros before it.
  clear(b, bytes);
  for (let column = bytes - 4; <isize> column >= 0; column -= 4) {
    row -= bytes;
    let sums = f32x4.splat(0);
    for (let at = column & ~15; at < bytes; at += 16) {
      sums = multiplyAdd(sums, v128.load(row + at), v128.load(b + at));
    }
    const sum = (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) +
      (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
    const value = (load<f32>(x + column) - sum) * load<f32>(row + column);
    store<f32>(b + column, value);
    store<f32>(x + column, value);
  }
}
