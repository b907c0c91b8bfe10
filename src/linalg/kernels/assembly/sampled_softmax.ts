// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.
import { largestLane, weightBytes } from "./attention.ts";
import { addScaledRow, dot, exponential, sumOfLanes } from "./elementwise.ts";
import { addTransposedProduct, multiplyPacked, packColumns, packTransposed } from "./products.ts";

/** Rows whose logits are in the cache together. */
const CHUNK: i32 = 64;

/** Far below every logit. */
const NEVER: f32 = -1e30;

/** Numbers of scratch memory that {@linkcode sampledSoftmax} needs. */
export function softmaxScratch(width: i32, candidates: i32): usize {
  const columns = weightBytes(candidates) >> 2;
  return <usize> CHUNK * (columns + 1) + 2 * <usize> width * columns;
}

/**
 * The cross-entropy of predicting the next item, against candidates that all rows share, and its
 * gradient. With z the product of a row and an item's vector, t the row's target:
 *
 *   loss = −ln(e^z_t / (e^z_t + Σ_c≠t e^(z_c + offset_c)))
 *
 * @param x Row-major, `rows` × `width`, a multiple of eight.
 * @param targets The vector of each row's target.
 * @param vectors Row-major; the candidates are the first ones.
 * @param offsets Padded with zeros to a multiple of eight numbers.
 * @param scale The gradient's factor.
 * @param dX Overwritten.
 * @param dVectors Added to.
 * @param scratch Memory for {@linkcode softmaxScratch} numbers.
 * @returns Σ loss
 */
export function sampledSoftmax(
  x: usize,
  rows: i32,
  width: i32,
  targets: usize,
  vectors: usize,
  candidates: i32,
  offsets: usize,
  scale: f32,
  dX: usize,
  dVectors: usize,
  scratch: usize,
): f64 {
  const bytes = <usize> width << 2, rowBytes = weightBytes(candidates);
  const transposed = scratch + <usize> CHUNK * rowBytes;
  const packed = transposed + <usize> width * rowBytes;
  const slopes = packed + <usize> width * rowBytes;
  packTransposed(vectors, bytes, width, candidates, transposed);
  packColumns(vectors, bytes, candidates, width, packed);
  const panelBytes = <usize> width << 5, packedBytes = <usize> candidates << 5;
  let loss: f64 = 0;
  for (let first = 0; first < rows; first += CHUNK) {
    const count = min(CHUNK, rows - first);
    const own = x + <usize> first * bytes, to = dX + <usize> first * bytes;
    multiplyPacked(
      own,
      bytes,
      count,
      width,
      transposed,
      panelBytes,
      candidates,
      scratch,
      rowBytes,
      0,
    );
    for (let i = 0; i < count; i++) {
      const target = load<u32>(targets + (<usize> (first + i) << 2));
      const product = dot(own + <usize> i * bytes, vectors + <usize> target * bytes, bytes);
      const row = scratch + <usize> i * rowBytes, slope = slopes + (<usize> i << 2);
      loss += softmaxRow(row, candidates, offsets, target, product, scale, slope);
    }
    multiplyPacked(
      scratch,
      rowBytes,
      count,
      candidates,
      packed,
      packedBytes,
      width,
      to,
      bytes,
      0,
    );
    addTransposedProduct(scratch, rowBytes, own, bytes, count, candidates, width, dVectors, bytes);
    for (let i = 0; i < count; i++) {
      const vector = <usize> load<u32>(targets + (<usize> (first + i) << 2)) * bytes;
      const slope = load<f32>(slopes + (<usize> i << 2));
      addScaledRow(to + <usize> i * bytes, vectors + vector, slope, bytes);
      addScaledRow(dVectors + vector, own + <usize> i * bytes, slope, bytes);
    }
  }
  return loss;
}

/**
 * Turns a row's products with the candidates into the gradient.
 *
 * @param product The product with the target.
 * @param slope Where to write the gradient of that product.
 * @returns The loss.
 */
function softmaxRow(
  row: usize,
  candidates: i32,
  offsets: usize,
  target: i32,
  product: f32,
  scale: f32,
  slope: usize,
): f64 {
  const bytes = weightBytes(candidates);
  // The target is no alternative to itself, and the padding isn't a candidate.
  if (<u32> target < <u32> candidates) store<f32>(row + (<usize> target << 2), NEVER);
  for (let at = <usize> candidates << 2; at < bytes; at += 4) store<f32>(row + at, NEVER);
  let most = f32x4.splat(product);
  for (let at: usize = 0; at < bytes; at += 16) {
    const logits = f32x4.add(v128.load(row + at), v128.load(offsets + at));
    v128.store(row + at, logits);
    most = f32x4.max(most, logits);
  }
  const largest = largestLane(most);
  const least = f32x4.splat(largest);
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const e = exponential(f32x4.sub(v128.load(row + at), least));
    v128.store(row + at, e);
    sums = f32x4.add(sums, e);
  }
  const own = f32x4.extract_lane(exponential(f32x4.splat(product - largest)), 0);
  const sum = sumOfLanes(sums) + own;
  const factor = f32x4.splat(scale / sum);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(row + at, f32x4.mul(v128.load(row + at), factor));
  }
  store<f32>(slope, (own / sum - 1) * scale);
  return Math.log(<f64> sum) + <f64> largest - <f64> product;
}
