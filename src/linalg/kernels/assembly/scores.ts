// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.

/** Items per block, stored side by side: factor f of its items is at 16·f … 16·f + 15. */
const BLOCK: i32 = 16;
const FACTOR_BYTES: usize = 64;

/** Items that share one bound: a whole number of blocks. */
const CHUNK: i32 = 64;

/** Bytes of a chunk's bound. */
const BOUND_BYTES: usize = 24;

/** sum + a·b, rounded twice: the same on every machine, unlike a fused multiply-add. */
function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/**
 * Writes (Σ_f x_f·y_f + offset) + constant for every item y, summed factor by factor.
 *
 * @param items The first block.
 * @param order The position of each item's score; entries beyond the last item are ignored.
 */
export function scoreItems(
  items: usize,
  itemCount: i32,
  factors: i32,
  x: usize,
  constant: f32,
  offsets: usize,
  order: usize,
  scores: usize,
): void {
  const c = f32x4.splat(constant);
  let y = items;
  for (let item = 0; item < itemCount; item += BLOCK) {
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    for (let f = 0; f < factors; f++) {
      const value = v128.load32_splat(x + (<usize> f << 2));
      s0 = multiplyAdd(s0, v128.load(y), value);
      s1 = multiplyAdd(s1, v128.load(y, 16), value);
      s2 = multiplyAdd(s2, v128.load(y, 32), value);
      s3 = multiplyAdd(s3, v128.load(y, 48), value);
      y += FACTOR_BYTES;
    }
    const o = offsets + (<usize> item << 2);
    const at = order + (<usize> item << 2);
    put(f32x4.add(f32x4.add(s0, v128.load(o)), c), at, scores, itemCount - item);
    put(f32x4.add(f32x4.add(s1, v128.load(o, 16)), c), at + 16, scores, itemCount - item - 4);
    put(f32x4.add(f32x4.add(s2, v128.load(o, 32)), c), at + 32, scores, itemCount - item - 8);
    put(f32x4.add(f32x4.add(s3, v128.load(o, 48)), c), at + 48, scores, itemCount - item - 12);
  }
}

function put(values: v128, order: usize, scores: usize, remaining: i32): void {
  if (remaining > 0) store<f32>(scores + (load<u32>(order) << 2), f32x4.extract_lane(values, 0));
  if (remaining > 1) store<f32>(scores + (load<u32>(order, 4) << 2), f32x4.extract_lane(values, 1));
  if (remaining > 2) store<f32>(scores + (load<u32>(order, 8) << 2), f32x4.extract_lane(values, 2));
  if (remaining > 3) {
    store<f32>(scores + (load<u32>(order, 12) << 2), f32x4.extract_lane(values, 3));
  }
}

/**
 * The top k items of four users in one pass over the items, without storing all scores. Each user
 * has a heap of size `k`, whose root is the worst of the best so far.
 *
 * A chunk of items is skipped if |x|·max|y| + max offset + constant, plus the largest possible
 * rounding error, is below every user's root: by the Cauchy-Schwarz inequality none of its items
 * can enter a list.
 *
 * @param x The users' vectors side by side: factor f of the four at 4·f … 4·f + 3.
 * @param users For each user, |x| and the constant, in double precision.
 * @param bounds For each chunk, max|y|, the largest and the least offset, in double precision.
 * @param seen One byte per item; bit u is set if the item is hidden from user u.
 * @param heap The scores, four times k, initially −∞; `heapItems` holds the item numbers.
 */
export function rankItems(
  items: usize,
  chunks: i32,
  factors: i32,
  x: usize,
  users: usize,
  offsets: usize,
  bounds: usize,
  order: usize,
  seen: usize,
  k: i32,
  heap: usize,
  heapItems: usize,
): void {
  const c0 = f32x4.splat(<f32> load<f64>(users, 8)), c1 = f32x4.splat(<f32> load<f64>(users, 24));
  const c2 = f32x4.splat(<f32> load<f64>(users, 40)), c3 = f32x4.splat(<f32> load<f64>(users, 56));
  for (let chunk = 0; chunk < chunks; chunk++) {
    const first = chunk * CHUNK;
    const within = bounds + <usize> chunk * BOUND_BYTES;
    if (!reaches(within, users, 4, factors, heap, k)) continue;
    // Eight items at a time: four users' sums for them fill half of the registers.
    for (let item = first; item < first + CHUNK; item += 8) {
      let y = items + <usize> (item / BLOCK * factors) * FACTOR_BYTES +
        (<usize> (item % BLOCK) << 2);
      let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0), a3 = f32x4.splat(0);
      let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0), b3 = f32x4.splat(0);
      let p = x;
      for (let f = 0; f < factors; f++) {
        const a = v128.load(y), b = v128.load(y, 16);
        let value = v128.load32_splat(p);
        a0 = multiplyAdd(a0, a, value);
        b0 = multiplyAdd(b0, b, value);
        value = v128.load32_splat(p, 4);
        a1 = multiplyAdd(a1, a, value);
        b1 = multiplyAdd(b1, b, value);
        value = v128.load32_splat(p, 8);
        a2 = multiplyAdd(a2, a, value);
        b2 = multiplyAdd(b2, b, value);
        value = v128.load32_splat(p, 12);
        a3 = multiplyAdd(a3, a, value);
        b3 = multiplyAdd(b3, b, value);
        y += FACTOR_BYTES;
        p += 16;
      }
      const oa = v128.load(offsets + (<usize> item << 2));
      const ob = v128.load(offsets + (<usize> item << 2), 16);
      const at = order + (<usize> item << 2);
      offer(0, f32x4.add(f32x4.add(a0, oa), c0), at, seen, k, heap, heapItems);
      offer(0, f32x4.add(f32x4.add(b0, ob), c0), at + 16, seen, k, heap, heapItems);
      offer(1, f32x4.add(f32x4.add(a1, oa), c1), at, seen, k, heap, heapItems);
      offer(1, f32x4.add(f32x4.add(b1, ob), c1), at + 16, seen, k, heap, heapItems);
      offer(2, f32x4.add(f32x4.add(a2, oa), c2), at, seen, k, heap, heapItems);
      offer(2, f32x4.add(f32x4.add(b2, ob), c2), at + 16, seen, k, heap, heapItems);
      offer(3, f32x4.add(f32x4.add(a3, oa), c3), at, seen, k, heap, heapItems);
      offer(3, f32x4.add(f32x4.add(b3, ob), c3), at + 16, seen, k, heap, heapItems);
    }
  }
}

/**
 * The top k items of one user: the same as {@linkcode rankItems} of four, without the arithmetic
 * for the others.
 *
 * @param x The user's vector.
 * @param users |x| and the constant, in double precision.
 */
export function rankForOne(
  items: usize,
  chunks: i32,
  factors: i32,
  x: usize,
  users: usize,
  offsets: usize,
  bounds: usize,
  order: usize,
  seen: usize,
  k: i32,
  heap: usize,
  heapItems: usize,
): void {
  const c = f32x4.splat(<f32> load<f64>(users, 8));
  const blockBytes = <usize> factors * FACTOR_BYTES;
  for (let chunk = 0; chunk < chunks; chunk++) {
    if (!reaches(bounds + <usize> chunk * BOUND_BYTES, users, 1, factors, heap, k)) continue;
    // Two blocks at a time: enough independent sums to keep the adders busy.
    for (let item = chunk * CHUNK; item < (chunk + 1) * CHUNK; item += 2 * BLOCK) {
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
      const o = offsets + (<usize> item << 2), at = order + (<usize> item << 2);
      offer(0, f32x4.add(f32x4.add(a0, v128.load(o)), c), at, seen, k, heap, heapItems);
      offer(0, f32x4.add(f32x4.add(a1, v128.load(o, 16)), c), at + 16, seen, k, heap, heapItems);
      offer(0, f32x4.add(f32x4.add(a2, v128.load(o, 32)), c), at + 32, seen, k, heap, heapItems);
      offer(0, f32x4.add(f32x4.add(a3, v128.load(o, 48)), c), at + 48, seen, k, heap, heapItems);
      offer(0, f32x4.add(f32x4.add(b0, v128.load(o, 64)), c), at + 64, seen, k, heap, heapItems);
      offer(0, f32x4.add(f32x4.add(b1, v128.load(o, 80)), c), at + 80, seen, k, heap, heapItems);
      offer(0, f32x4.add(f32x4.add(b2, v128.load(o, 96)), c), at + 96, seen, k, heap, heapItems);
      offer(0, f32x4.add(f32x4.add(b3, v128.load(o, 112)), c), at + 112, seen, k, heap, heapItems);
    }
  }
}

/** Whether any item of a chunk can still enter one of the users' lists. */
function reaches(
  bound: usize,
  users: usize,
  count: usize,
  factors: i32,
  heap: usize,
  k: i32,
): bool {
  const norm = load<f64>(bound), offset = load<f64>(bound, 8);
  // The error of a sum of n rounded products is at most n·2⁻²⁴ times the sum of their absolute
  // values; this allows twice that.
  const slack = <f64> (factors + 8) * 1.1920928955078125e-7;
  for (let user: usize = 0; user < count; user++) {
    const product = load<f64>(users + (user << 4)) * norm;
    const constant = load<f64>(users + (user << 4), 8);
    const rounding = slack * (product + Math.abs(offset) + Math.abs(constant));
    const worst = load<f32>(heap + ((user * <usize> k) << 2));
    if (product + offset + constant + rounding >= <f64> worst) return true;
  }
  return false;
}

/** Puts those of four scores that are among a user's best into the heap. */
function offer(
  user: usize,
  scores: v128,
  order: usize,
  seen: usize,
  k: i32,
  heap: usize,
  heapItems: usize,
): void {
  const places = (user * <usize> k) << 2;
  const worst = f32x4.splat(load<f32>(heap + places));
  if (!v128.any_true(f32x4.ge(scores, worst))) return;
  enter(user, f32x4.extract_lane(scores, 0), load<u32>(order), seen, k, heap, heapItems);
  enter(user, f32x4.extract_lane(scores, 1), load<u32>(order, 4), seen, k, heap, heapItems);
  enter(user, f32x4.extract_lane(scores, 2), load<u32>(order, 8), seen, k, heap, heapItems);
  enter(
    user,
    f32x4.extract_lane(scores, 3),
    load<u32>(order, 12),
    seen,
    k,
    heap,
    heapItems,
  );
}

function enter(
  user: usize,
  score: f32,
  item: u32,
  seen: usize,
  k: i32,
  heap: usize,
  heapItems: usize,
): void {
  if (!(score > <f32> -Infinity)) return;
  const scores = heap + ((user * <usize> k) << 2), numbers = heapItems + ((user * <usize> k) << 2);
  if (!isWorse(load<f32>(scores), load<u32>(numbers), score, item)) return;
  if (load<u8>(seen + <usize> item) & (1 << <u32> user)) return;
  replaceWorst(scores, numbers, k, score, item);
}

function isWorse(scoreA: f32, itemA: u32, scoreB: f32, itemB: u32): bool {
  return scoreA < scoreB || (scoreA === scoreB && itemA > itemB);
}

function place(scores: usize, numbers: usize, at: i32, score: f32, item: u32): void {
  store<f32>(scores + (<usize> at << 2), score);
  store<u32>(numbers + (<usize> at << 2), item);
}

/** Replaces the root and restores the heap. */
function replaceWorst(scores: usize, numbers: usize, size: i32, score: f32, item: u32): void {
  let at = 0;
  while (true) {
    let child = 2 * at + 1;
    if (child >= size) break;
    let childScore = load<f32>(scores + (<usize> child << 2));
    let childItem = load<u32>(numbers + (<usize> child << 2));
    if (child + 1 < size) {
      const rightScore = load<f32>(scores + (<usize> child << 2), 4);
      const rightItem = load<u32>(numbers + (<usize> child << 2), 4);
      if (isWorse(rightScore, rightItem, childScore, childItem)) {
        child++;
        childScore = rightScore;
        childItem = rightItem;
      }
    }
    if (!isWorse(childScore, childItem, score, item)) break;
    place(scores, numbers, at, childScore, childItem);
    at = child;
  }
  place(scores, numbers, at, score, item);
}
