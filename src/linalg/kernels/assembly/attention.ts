// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.
import { exponential, sumOfLanes } from "./elementwise.ts";
import { addTransposedProduct, multiplyPacked, packColumns, packTransposed } from "./products.ts";

/** Rows that share the columns they compute, of which a triangle of eight is wasted. */
const BLOCK: i32 = 8;

/** Far below every logit. */
const NEVER: f32 = -1e30;

/** Bytes of a row of attention weights: a multiple of eight numbers. */
export function weightBytes(length: i32): usize {
  return <usize> ((length + 7) & ~7) << 2;
}

/**
 * Causal self-attention of one sequence (Vaswani et al. 2017) with a bias for each distance instead
 * of positions (as in Raffel et al. 2020):
 *
 *   wᵢⱼ ∝ exp(qᵢ·kⱼ / √(width / heads) + bias[i − j]),  j ≤ i;  outᵢ = Σⱼ wᵢⱼ·vⱼ
 *
 * @param qkv Row-major, `length` × 3·`width`: queries, keys and values, each head after head of a
 * multiple of eight numbers.
 * @param biases `heads` × `longest`, the largest distance first.
 * @param weights w of each head, row-major, with rows of {@linkcode weightBytes}.
 * @param out Row-major, `length` × `width`.
 * @param panels Scratch memory.
 */
export function attend(
  qkv: usize,
  length: i32,
  width: i32,
  heads: i32,
  biases: usize,
  longest: i32,
  weights: usize,
  out: usize,
  panels: usize,
): void {
  const size = width / heads;
  const scale: f32 = 1 / sqrt<f32>(<f32> size);
  const bytes = <usize> width << 2, stride = 3 * bytes, rowBytes = weightBytes(length);
  const sizeBytes = <usize> size << 2;
  for (let head = 0; head < heads; head++) {
    const q = qkv + <usize> head * sizeBytes, k = q + bytes, v = k + bytes;
    const bias = biases + (<usize> (head * longest) << 2);
    packTransposed(k, stride, size, length, panels);
    multiplyCausal(q, stride, length, size, panels, weights, rowBytes);
    for (let i = 0; i < length; i++) {
      const own = bias + (<usize> (longest - 1 - i) << 2);
      attentionRow(weights + <usize> i * rowBytes, i, scale, own);
    }
    packColumns(v, stride, length, size, panels);
    combineCausal(weights, rowBytes, length, panels, size, out + <usize> head * sizeBytes, bytes);
    weights += <usize> length * rowBytes;
  }
}

/** Products of each row with the rows up to the end of its block, whose panels are packed. */
function multiplyCausal(
  a: usize,
  stride: usize,
  length: i32,
  size: i32,
  panels: usize,
  c: usize,
  rowBytes: usize,
): void {
  for (let i = 0; i < length; i += BLOCK) {
    const count = min(BLOCK, length - i);
    const from = a + <usize> i * stride, to = c + <usize> i * rowBytes;
    const panelBytes = <usize> size << 5;
    multiplyPacked(from, stride, count, size, panels, panelBytes, i + count, to, rowBytes, 0);
  }
}

/** Sums of the packed rows, weighted by each row of a matrix that is 0 above its diagonal. */
function combineCausal(
  weights: usize,
  rowBytes: usize,
  length: i32,
  panels: usize,
  size: i32,
  out: usize,
  stride: usize,
): void {
  for (let i = 0; i < length; i += BLOCK) {
    const count = min(BLOCK, length - i);
    const from = weights + <usize> i * rowBytes, to = out + <usize> i * stride;
    const panelBytes = <usize> length << 5;
    multiplyPacked(from, rowBytes, count, i + count, panels, panelBytes, size, to, stride, 0);
  }
}

/** Adds, for each row, the rows from its block on, weighted by a column. */
function combineTransposed(
  weights: usize,
  rowBytes: usize,
  length: i32,
  b: usize,
  bStride: usize,
  size: i32,
  out: usize,
  stride: usize,
): void {
  for (let j = 0; j < length; j += BLOCK) {
    const count = min(BLOCK, length - j);
    const from = weights + <usize> j * rowBytes + (<usize> j << 2);
    const to = out + <usize> j * stride;
    const right = b + <usize> j * bStride;
    addTransposedProduct(from, rowBytes, right, bStride, length - j, count, size, to, stride);
  }
}

/** Clears a row from a column to the end of the column's block. */
function fillBlock(row: usize, column: i32, value: f32): void {
  for (let j = column; j & (BLOCK - 1); j++) store<f32>(row + (<usize> j << 2), value);
}

/** The softmax of a row's first `last` + 1 numbers, scaled and biased; the block's rest is 0. */
function attentionRow(row: usize, last: i32, scale: f32, bias: usize): void {
  const end = <usize> ((last + BLOCK) & ~(BLOCK - 1)) << 2;
  const s = f32x4.splat(scale);
  let at: usize = 0;
  for (; at + 16 <= <usize> (last + 1) << 2; at += 16) {
    v128.store(row + at, f32x4.add(f32x4.mul(v128.load(row + at), s), v128.load(bias + at)));
  }
  for (; at <= <usize> last << 2; at += 4) {
    store<f32>(row + at, load<f32>(row + at) * scale + load<f32>(bias + at));
  }
  fillBlock(row, last + 1, NEVER);
  let most = v128.load(row);
  for (let at: usize = 16; at < end; at += 16) most = f32x4.max(most, v128.load(row + at));
  const largest = f32x4.splat(largestLane(most));
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(row + at, exponential(f32x4.sub(v128.load(row + at), largest)));
  }
  fillBlock(row, last + 1, 0);
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < end; at += 16) sum = f32x4.add(sum, v128.load(row + at));
  const share = f32x4.splat(1 / sumOfLanes(sum));
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(row + at, f32x4.mul(v128.load(row + at), share));
  }
}

/** The largest of four lanes. */
export function largestLane(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}

/**
 * The gradient of {@linkcode attend}.
 *
 * @param weights As {@linkcode attend} left them.
 * @param dOut The gradient of its output.
 * @param dQkv Overwritten: the gradient of queries, keys and values.
 * @param dBiases Added to.
 * @param panels Scratch memory, as is `dWeights`, for the weights of one head.
 */
export function attendGradient(
  qkv: usize,
  length: i32,
  width: i32,
  heads: i32,
  longest: i32,
  weights: usize,
  dOut: usize,
  dQkv: usize,
  dBiases: usize,
  panels: usize,
  dWeights: usize,
): void {
  const size = width / heads;
  const scale: f32 = 1 / sqrt<f32>(<f32> size);
  const bytes = <usize> width << 2, stride = 3 * bytes, rowBytes = weightBytes(length);
  const sizeBytes = <usize> size << 2;
  memory.fill(dQkv, 0, <usize> length * stride);
  for (let head = 0; head < heads; head++) {
    const offset = <usize> head * sizeBytes;
    const q = qkv + offset, k = q + bytes, v = k + bytes;
    const dq = dQkv + offset, dk = dq + bytes, dv = dk + bytes, own = dOut + offset;
    const dBias = dBiases + (<usize> (head * longest) << 2);
    combineTransposed(weights, rowBytes, length, own, bytes, size, dv, stride);
    packTransposed(v, stride, size, length, panels);
    multiplyCausal(own, bytes, length, size, panels, dWeights, rowBytes);
    for (let i = 0; i < length; i++) {
      const to = dBias + (<usize> (longest - 1 - i) << 2);
      const row = <usize> i * rowBytes;
      attentionRowGradient(weights + row, dWeights + row, i, scale, to);
    }
    packColumns(k, stride, length, size, panels);
    combineCausal(dWeights, rowBytes, length, panels, size, dq, stride);
    combineTransposed(dWeights, rowBytes, length, q, stride, size, dk, stride);
    weights += <usize> length * rowBytes;
  }
}

/** Turns the gradient of a row's weights into that of its products. */
function attentionRowGradient(row: usize, d: usize, last: i32, scale: f32, dBias: usize): void {
  const end = <usize> ((last + BLOCK) & ~(BLOCK - 1)) << 2;
  // Beyond the sequence's end nothing was computed.
  fillBlock(d, last + 1, 0);
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < end; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(row + at), v128.load(d + at)));
  }
  const mean = f32x4.splat(sumOfLanes(sum));
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(d + at, f32x4.mul(v128.load(row + at), f32x4.sub(v128.load(d + at), mean)));
  }
  let at: usize = 0;
  for (; at + 16 <= <usize> (last + 1) << 2; at += 16) {
    v128.store(dBias + at, f32x4.add(v128.load(dBias + at), v128.load(d + at)));
  }
  for (; at <= <usize> last << 2; at += 4) {
    store<f32>(dBias + at, load<f32>(dBias + at) + load<f32>(d + at));
  }
  const s = f32x4.splat(scale);
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(d + at, f32x4.mul(v128.load(d + at), s));
  }
}
