// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.

/** Columns of a panel, solved side by side in four vectors of four lanes. */
const PANEL: i32 = 16;
const PANEL_BYTES: usize = 64;

/**
 * Solves (AᵀA + λI)·x = e for 16 unit vectors e at a time, by conjugate gradients (Hestenes and
 * Stiefel 1952), each with its own step sizes. The initial guess V·diag(s)·Vᵀe + c·e is the best
 * within the space of V, so the rest converges as if A had only the singular values outside of it.
 *
 * @param first Number of the first unit vector; those beyond the last column are zero.
 * @param tolerance Stops when no residual is longer, or after `iterations` steps.
 * @param basis V, row-major, columns × width.
 * @param start s, `width` numbers.
 * @param rest c
 * @param out The solutions, row-major, columns × 16, followed by the squared lengths of the
 * residuals.
 * @param scratch Memory for (3·columns + width + 2)·16 numbers.
 */
export function solvePanel(
  first: i32,
  rows: i32,
  indptr: usize,
  indices: usize,
  values: usize,
  columns: i32,
  lambda: f32,
  tolerance: f32,
  iterations: i32,
  basis: usize,
  width: i32,
  start: usize,
  rest: f32,
  out: usize,
  scratch: usize,
): void {
  const bytes = <usize> columns * PANEL_BYTES;
  const residual = scratch, direction = residual + bytes, product = direction + bytes;
  const sums = product + bytes, steps = sums + PANEL_BYTES, guess = steps + PANEL_BYTES;
  const norms = out + bytes;

  guessWithin(first, columns, basis, width, start, guess, out);
  addIdentity(out, first, columns, rest);
  multiplyNormal(rows, indptr, indices, values, bytes, lambda, out, product, steps);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(residual + at, f32x4.neg(v128.load(product + at)));
  }
  addIdentity(residual, first, columns, 1);
  memory.copy(direction, residual, bytes);
  setDots(norms, residual, residual, bytes);
  for (let i = 0; i < iterations; i++) {
    if (!anyAbove(norms, tolerance * tolerance)) break;
    multiplyNormal(rows, indptr, indices, values, bytes, lambda, direction, product, steps);
    setDots(sums, direction, product, bytes);
    setRatios(steps, norms, sums, 1);
    addScaled(out, direction, steps, bytes);
    setRatios(steps, norms, sums, -1);
    addScaled(residual, product, steps, bytes);
    setDots(sums, residual, residual, bytes);
    setRatios(steps, sums, norms, 1);
    scaleAndAdd(direction, residual, steps, bytes);
    memory.copy(norms, sums, PANEL_BYTES);
  }
}

/** out = V·diag(s)·Vᵀ·e */
function guessWithin(
  first: i32,
  columns: i32,
  basis: usize,
  width: i32,
  start: usize,
  guess: usize,
  out: usize,
): void {
  for (let f = 0; f < width; f++) {
    const scale = load<f32>(start + (<usize> f << 2));
    for (let c = 0; c < PANEL; c++) {
      const own = basis + (<usize> (first + c) * <usize> width + <usize> f << 2);
      const value: f32 = first + c < columns ? scale * load<f32>(own) : 0;
      store<f32>(guess + <usize> f * PANEL_BYTES + (<usize> c << 2), value);
    }
  }
  let from = basis;
  for (let column = 0; column < columns; column++) {
    const end = from + (<usize> width << 2);
    addRows(out + <usize> column * PANEL_BYTES, from, end, guess);
    from = end;
  }
}

/** out = Σ value·row over consecutive rows. */
function addRows(out: usize, from: usize, end: usize, row: usize): void {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  for (; from < end; from += 4) {
    const value = v128.load32_splat(from);
    s0 = f32x4.add(s0, f32x4.mul(value, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(value, v128.load(row, 16)));
    s2 = f32x4.add(s2, f32x4.mul(value, v128.load(row, 32)));
    s3 = f32x4.add(s3, f32x4.mul(value, v128.load(row, 48)));
    row += PANEL_BYTES;
  }
  storePanelRow(out, s0, s1, s2, s3);
}

function storePanelRow(
  to: usize,
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
): void {
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
}

function addIdentity(panel: usize, first: i32, columns: i32, value: f32): void {
  for (let c = 0; c < min(PANEL, columns - first); c++) {
    const at = panel + <usize> (first + c) * PANEL_BYTES + (<usize> c << 2);
    store<f32>(at, load<f32>(at) + value);
  }
}

/**
 * q = λp + Σ_r a_rᵀ·(a_r·p), row of A by row.
 *
 * @param sink Memory for one number, overwritten.
 */
function multiplyNormal(
  rows: i32,
  indptr: usize,
  indices: usize,
  values: usize,
  bytes: usize,
  lambda: f32,
  p: usize,
  q: usize,
  sink: usize,
): void {
  const pull = f32x4.splat(lambda);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(q + at, f32x4.mul(pull, v128.load(p + at)));
  }
  for (let row = 0; row < rows; row++) {
    const start = <usize> load<u32>(indptr + (<usize> row << 2)) << 2;
    const end = <usize> load<u32>(indptr + (<usize> row << 2), 4) << 2;
    if (row % ROWS_FETCHED === 0) {
      const last = indptr + (<usize> min(row + ROWS_FETCHED, rows) << 2);
      const to = min(<usize> load<u32>(last) << 2, start + MAX_FETCHED);
      fetchPanelRows(indices + start, indices + to, p, q, sink);
    }
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    for (let at = start; at < end; at += 4) {
      const value = v128.load32_splat(values + at);
      const from = p + <usize> load<u32>(indices + at) * PANEL_BYTES;
      s0 = f32x4.add(s0, f32x4.mul(value, v128.load(from)));
      s1 = f32x4.add(s1, f32x4.mul(value, v128.load(from, 16)));
      s2 = f32x4.add(s2, f32x4.mul(value, v128.load(from, 32)));
      s3 = f32x4.add(s3, f32x4.mul(value, v128.load(from, 48)));
    }
    for (let at = start; at < end; at += 4) {
      const value = v128.load32_splat(values + at);
      const to = q + <usize> load<u32>(indices + at) * PANEL_BYTES;
      addTo(to, value, s0);
      addTo(to + 16, value, s1);
      addTo(to + 32, value, s2);
      addTo(to + 48, value, s3);
    }
  }
}

/** Rows of A whose rows of p and q are loaded into the cache together. */
const ROWS_FETCHED: i32 = 4;

/** Bytes of column numbers to look at, at most: the processor prefetches the rest. */
const MAX_FETCHED: usize = 512;

/** Touches rows of p and q before they are needed, so that cache misses overlap. */
function fetchPanelRows(from: usize, to: usize, p: usize, q: usize, sink: usize): void {
  let sum: f32 = 0;
  for (; from < to; from += 4) {
    const start = <usize> load<u32>(from) * PANEL_BYTES;
    sum += load<f32>(p + start);
    sum += load<f32>(q + start);
  }
  // Keeps the compiler from removing the loads; overwritten later.
  store<f32>(sink, sum);
}

/** to += a·b */
function addTo(to: usize, a: v128, b: v128): void {
  v128.store(to, f32x4.add(v128.load(to), f32x4.mul(a, b)));
}

/** The dot product of each column of a with that of b. */
function setDots(sums: usize, a: usize, b: usize, bytes: usize): void {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += PANEL_BYTES) {
    const p = a + at, q = b + at;
    s0 = f32x4.add(s0, f32x4.mul(v128.load(p), v128.load(q)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(p, 16), v128.load(q, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(p, 32), v128.load(q, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(p, 48), v128.load(q, 48)));
  }
  storePanelRow(sums, s0, s1, s2, s3);
}

/** sign·a / b for each column; 0 if b is 0. */
function setRatios(ratios: usize, a: usize, b: usize, sign: f32): void {
  for (let at: usize = 0; at < PANEL_BYTES; at += 4) {
    const divisor = load<f32>(b + at);
    store<f32>(ratios + at, divisor > 0 ? sign * load<f32>(a + at) / divisor : 0);
  }
}

function anyAbove(norms: usize, limit: f32): bool {
  for (let at: usize = 0; at < PANEL_BYTES; at += 4) {
    if (load<f32>(norms + at) > limit) return true;
  }
  return false;
}

/** to += step·from, each column with its own step. */
function addScaled(to: usize, from: usize, steps: usize, bytes: usize): void {
  const s0 = v128.load(steps), s1 = v128.load(steps, 16);
  const s2 = v128.load(steps, 32), s3 = v128.load(steps, 48);
  for (let at: usize = 0; at < bytes; at += PANEL_BYTES) {
    const p = from + at, q = to + at;
    addTo(q, s0, v128.load(p));
    addTo(q + 16, s1, v128.load(p, 16));
    addTo(q + 32, s2, v128.load(p, 32));
    addTo(q + 48, s3, v128.load(p, 48));
  }
}

/** to = step·to + from, each column with its own step. */
function scaleAndAdd(to: usize, from: usize, steps: usize, bytes: usize): void {
  const s0 = v128.load(steps), s1 = v128.load(steps, 16);
  const s2 = v128.load(steps, 32), s3 = v128.load(steps, 48);
  for (let at: usize = 0; at < bytes; at += PANEL_BYTES) {
    const p = from + at, q = to + at;
    scaleThenAdd(q, s0, v128.load(p));
    scaleThenAdd(q + 16, s1, v128.load(p, 16));
    scaleThenAdd(q + 32, s2, v128.load(p, 32));
    scaleThenAdd(q + 48, s3, v128.load(p, 48));
  }
}

/** to = a·to + b */
function scaleThenAdd(to: usize, a: v128, b: v128): void {
  v128.store(to, f32x4.add(b, f32x4.mul(a, v128.load(to))));
}
