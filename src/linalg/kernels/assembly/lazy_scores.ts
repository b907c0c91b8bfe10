// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.

/** Items per block, stored side by side, see `scores.ts`. */
const BLOCK: i32 = 16;
const FACTOR_BYTES: usize = 64;

/** Items that share one bound: a whole number of pairs of blocks. */
const CHUNK: i32 = 64;

/** Numbers in the bound of a chunk: max|y|, the largest offset and the least, in f64. */
const BOUND_BYTES: usize = 24;

/** sum + a·b, rounded twice: the same on every machine, unlike a fused multiply-add. */
function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** The largest rounding error of scores below certain bounds, twice over. */
function roundingOf(
  factors: i32,
  product: f64,
  most: f64,
  least: f64,
  constant: f64,
): f64 {
  // The error of a sum of n rounded products is at most n·2⁻²⁴ times the sum of their absolute
  // values; this allows twice that.
  return <f64> (factors + 8) * 1.1920928955078125e-7 *
    (product + Math.max(Math.abs(most), Math.abs(least)) + Math.abs(constant));
}

/**
 * Writes the scores of a chunk's items, (Σ_f x_f·y_f + offset) + constant, summed factor by factor;
 * the same bits as `scoreItems` writes.
 *
 * @param scores One per place of an item, in the order in which the items are stored.
 */
function scoreChunk(
  items: usize,
  chunk: i32,
  factors: i32,
  x: usize,
  constant: f32,
  offsets: usize,
  scores: usize,
): void {
  const c = f32x4.splat(constant);
  const blockBytes = <usize> factors * FACTOR_BYTES;
  const first = chunk * CHUNK;
  for (let item = first; item < first + CHUNK; item += 2 * BLOCK) {
    let y = items + <usize> (item / BLOCK) * blockBytes;
    let z = y + blockBytes;
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0), a3 = f32x4.splat(0);
    let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0), b3 = f32x4.splat(0);
    for (let f = 0; f < factors; f++) {
      const value = v128.load32_splat(x + (<usize> f << 2));
      a0 = multiplyAdd(a0, v128.load(y), value);
      a1 = multiplyAdd(a1, v128.load(y, 16), value);
      a2 = multiplyAdd(a2, v128.load(y, 32), value);
      a3 = multiplyAdd(a3, v128.load(y, 48), value);
      b0 = multiplyAdd(b0, v128.load(z), value);
      b1 = multiplyAdd(b1, v128.load(z, 16), value);
      b2 = multiplyAdd(b2, v128.load(z, 32), value);
      b3 = multiplyAdd(b3, v128.load(z, 48), value);
      y += FACTOR_BYTES;
      z += FACTOR_BYTES;
    }
    const o = offsets + (<usize> item << 2), to = scores + (<usize> item << 2);
    v128.store(to, f32x4.add(f32x4.add(a0, v128.load(o)), c));
    v128.store(to, f32x4.add(f32x4.add(a1, v128.load(o, 16)), c), 16);
    v128.store(to, f32x4.add(f32x4.add(a2, v128.load(o, 32)), c), 32);
    v128.store(to, f32x4.add(f32x4.add(a3, v128.load(o, 48)), c), 48);
    v128.store(to, f32x4.add(f32x4.add(b0, v128.load(o, 64)), c), 64);
    v128.store(to, f32x4.add(f32x4.add(b1, v128.load(o, 80)), c), 80);
    v128.store(to, f32x4.add(f32x4.add(b2, v128.load(o, 96)), c), 96);
    v128.store(to, f32x4.add(f32x4.add(b3, v128.load(o, 112)), c), 112);
  }
}

/**
 * Finds the least and the largest score. Scores only the chunks that can widen the range found so
 * far, by the Cauchy-Schwarz inequality.
 *
 * @param length |x|, in double precision.
 * @param bounds For each chunk, max|y|, the largest and the least offset, in double precision.
 * @param scored One byte per chunk, 0 before; set to 1 where `scores` holds its scores.
 * @param range Where the least and the largest score are written.
 */
export function scoreRange(
  items: usize,
  itemCount: i32,
  factors: i32,
  x: usize,
  length: f64,
  constant: f32,
  offsets: usize,
  bounds: usize,
  scored: usize,
  scores: usize,
  range: usize,
): void {
  let least: f32 = Infinity, largest: f32 = -Infinity;
  const chunks = (itemCount + CHUNK - 1) / CHUNK;
  const c = <f64> constant;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const bound = bounds + <usize> chunk * BOUND_BYTES;
    const product = length * load<f64>(bound);
    const most = load<f64>(bound, 8), fewest = load<f64>(bound, 16);
    const rounding = roundingOf(factors, product, most, fewest, c);
    const upper = product + most + c + rounding, lower = fewest + c - product - rounding;
    if (upper <= <f64> largest && lower >= <f64> least) continue;
    scoreChunk(items, chunk, factors, x, constant, offsets, scores);
    store<u8>(scored + <usize> chunk, 1);
    const end = min(itemCount, (chunk + 1) * CHUNK);
    let item = chunk * CHUNK;
    if (item + CHUNK <= end) {
      let low = v128.load(scores + (<usize> item << 2)), high = low;
      for (; item < end; item += 4) {
        const four = v128.load(scores + (<usize> item << 2));
        low = f32x4.min(low, four);
        high = f32x4.max(high, four);
      }
      least = min(least, lowest(low));
      largest = max(largest, -lowest(f32x4.neg(high)));
    }
    for (; item < end; item++) {
      const score = load<f32>(scores + (<usize> item << 2));
      least = min(least, score);
      largest = max(largest, score);
    }
  }
  store<f32>(range, least);
  store<f32>(range, largest, 4);
}

function lowest(four: v128): f32 {
  return min(
    min(f32x4.extract_lane(four, 0), f32x4.extract_lane(four, 1)),
    min(f32x4.extract_lane(four, 2), f32x4.extract_lane(four, 3)),
  );
}

/**
 * Finds the items with addend + factor · score ≥ threshold, computed in single precision, except
 * those with an addend of −∞. Scores only the chunks in which a bound allows one.
 *
 * @param order The number of the item at each place.
 * @param addends One per item, by number.
 * @param largestAddends For each chunk, what no addend of its items is larger than.
 * @param factor At least 0.
 * @param outItems Where the numbers are written; `outScores` gets the scores.
 * @returns How many items were found.
 */
export function scoreAbove(
  items: usize,
  itemCount: i32,
  factors: i32,
  x: usize,
  length: f64,
  constant: f32,
  offsets: usize,
  bounds: usize,
  scored: usize,
  scores: usize,
  order: usize,
  addends: usize,
  largestAddends: usize,
  factor: f32,
  threshold: f32,
  outItems: usize,
  outScores: usize,
): i32 {
  const chunks = (itemCount + CHUNK - 1) / CHUNK;
  const c = <f64> constant;
  let count = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const first = chunk * CHUNK, end = min(itemCount, first + CHUNK);
    if (!load<u8>(scored + <usize> chunk)) {
      const bound = bounds + <usize> chunk * BOUND_BYTES;
      const product = length * load<f64>(bound);
      const most = load<f64>(bound, 8), fewest = load<f64>(bound, 16);
      const upper = product + most + c + roundingOf(factors, product, most, fewest, c);
      const reach = <f64> factor * upper;
      // Rounding the product and the sum takes no more than this.
      const slack = 2.384185791015625e-7 * (Math.abs(reach) + Math.abs(<f64> threshold));
      const needed = <f64> threshold - reach - slack;
      if (<f64> load<f32>(largestAddends + (<usize> chunk << 2)) < needed) continue;
      if (!anyReaches(order, first, end, addends, needed)) continue;
      scoreChunk(items, chunk, factors, x, constant, offsets, scores);
      store<u8>(scored + <usize> chunk, 1);
    }
    for (let place = first; place < end; place++) {
      const item = load<u32>(order + (<usize> place << 2));
      const score = load<f32>(scores + (<usize> place << 2));
      const sum = load<f32>(addends + (<usize> item << 2)) + factor * score;
      if (!(sum >= threshold && sum > <f32> -Infinity)) continue;
      store<u32>(outItems + (<usize> count << 2), item);
      store<f32>(outScores + (<usize> count << 2), score);
      count++;
    }
  }
  return count;
}

/** Whether the addend of any item of a chunk is at least `needed`. */
function anyReaches(
  order: usize,
  first: i32,
  end: i32,
  addends: usize,
  needed: f64,
): bool {
  for (let place = first; place < end; place++) {
    const item = load<u32>(order + (<usize> place << 2));
    if (<f64> load<f32>(addends + (<usize> item << 2)) >= needed) return true;
  }
  return false;
}
