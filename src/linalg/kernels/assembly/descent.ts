// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.

/** The sum of four lanes, always in the same order. */
function sumLanes(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** p·q; the products are distributed round-robin over sixteen partial sums. */
function dot(p: usize, q: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  let at: usize = 0;
  for (; at + 64 <= bytes; at += 64) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(p + at), v128.load(q + at)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(p + at, 16), v128.load(q + at, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(p + at, 32), v128.load(q + at, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(p + at, 48), v128.load(q + at, 48)));
  }
  if (at < bytes) s0 = f32x4.add(s0, f32x4.mul(v128.load(p + at), v128.load(q + at)));
  if (at + 16 < bytes) {
    s1 = f32x4.add(s1, f32x4.mul(v128.load(p + at + 16), v128.load(q + at + 16)));
  }
  if (at + 32 < bytes) {
    s2 = f32x4.add(s2, f32x4.mul(v128.load(p + at + 32), v128.load(q + at + 32)));
  }
  return sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
}

/**
 * Updates four numbers of each vector.
 *
 * @returns The products of the user's updated numbers with those of the next item, for its
 * prediction.
 */
function stepOne(p: usize, q: usize, next: usize, shrink: v128, step: v128): v128 {
  const u = v128.load(p), v = v128.load(q);
  const stepped = f32x4.add(f32x4.mul(shrink, u), f32x4.mul(step, v));
  v128.store(q, f32x4.add(f32x4.mul(shrink, v), f32x4.mul(step, u)));
  v128.store(p, stepped);
  return f32x4.mul(stepped, v128.load(next));
}

/**
 * One step of gradient descent for each rating of one user, in order:
 *
 *   e = r − r̂,  b += γ(e − λb),  p = (1 − γλ)p + γe·q,  q = (1 − γλ)q + γe·p
 *
 * @param indices Items, without repeats.
 * @param stride The distance of the items' vectors, in numbers; a multiple of four.
 * @param shrink 1 − γλ
 */
function descend(
  indices: usize,
  values: usize,
  count: i32,
  mean: f32,
  userBias: usize,
  itemBiases: usize,
  p: usize,
  itemFactors: usize,
  stride: i32,
  rate: f32,
  shrink: f32,
): void {
  const bytes = <usize> stride << 2;
  const shrinks = f32x4.splat(shrink);
  const end = indices + (<usize> count << 2);
  if (indices === end) return;
  let bias = load<f32>(userBias);
  let item = <usize> load<u32>(indices);
  let q = itemFactors + item * bytes;
  let product = dot(p, q, bytes);
  while (indices < end) {
    const ofItem = load<f32>(itemBiases + (item << 2));
    const error = load<f32>(values) - (((mean + bias) + ofItem) + product);
    const step = rate * error;
    bias = shrink * bias + step;
    store<f32>(itemBiases + (item << 2), shrink * ofItem + step);

    indices += 4;
    values += 4;
    // The last item has no next one: it stands in itself.
    if (indices < end) item = <usize> load<u32>(indices);
    const next = itemFactors + item * bytes;
    const steps = f32x4.splat(step);
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    let at: usize = 0;
    for (; at + 64 <= bytes; at += 64) {
      s0 = f32x4.add(s0, stepOne(p + at, q + at, next + at, shrinks, steps));
      s1 = f32x4.add(s1, stepOne(p + at + 16, q + at + 16, next + at + 16, shrinks, steps));
      s2 = f32x4.add(s2, stepOne(p + at + 32, q + at + 32, next + at + 32, shrinks, steps));
      s3 = f32x4.add(s3, stepOne(p + at + 48, q + at + 48, next + at + 48, shrinks, steps));
    }
    if (at < bytes) s0 = f32x4.add(s0, stepOne(p + at, q + at, next + at, shrinks, steps));
    if (at + 16 < bytes) {
      s1 = f32x4.add(s1, stepOne(p + at + 16, q + at + 16, next + at + 16, shrinks, steps));
    }
    if (at + 32 < bytes) {
      s2 = f32x4.add(s2, stepOne(p + at + 32, q + at + 32, next + at + 32, shrinks, steps));
    }
    product = sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
    q = next;
  }
  store<f32>(userBias, bias);
}

/** Users whose vectors are loaded into the cache together. */
const USERS_FETCHED: i32 = 16;

/** Items whose vectors are loaded with a user's, at most. */
const ITEMS_FETCHED: u32 = 64;

/**
 * {@linkcode descend} for several users, one after another.
 *
 * @param users Their row numbers.
 * @param indptr The start of each row in `indices` and `values`.
 * @param sink Memory for one number; writing there keeps the compiler from removing the loads.
 */
export function descendUsers(
  users: usize,
  count: i32,
  indptr: usize,
  indices: usize,
  values: usize,
  mean: f32,
  userBiases: usize,
  itemBiases: usize,
  userFactors: usize,
  itemFactors: usize,
  stride: i32,
  rate: f32,
  shrink: f32,
  sink: usize,
): void {
  const bytes = <usize> stride << 2;
  for (let i = 0; i < count; i++) {
    if (i % USERS_FETCHED === 0) {
      const end = min(i + USERS_FETCHED, count);
      let sum: f32 = 0;
      for (let next = i; next < end; next++) {
        const user = <usize> load<u32>(users + (<usize> next << 2));
        sum += touchUser(
          indptr + (user << 2),
          indices,
          userFactors + user * bytes,
          itemFactors,
          bytes,
        );
      }
      store<f32>(sink, sum);
    }
    const user = <usize> load<u32>(users + (<usize> i << 2));
    const start = <usize> load<u32>(indptr + (user << 2)) << 2;
    const end = <usize> load<u32>(indptr + (user << 2), 4) << 2;
    descend(
      indices + start,
      values + start,
      <i32> ((end - start) >> 2),
      mean,
      userBiases + (user << 2),
      itemBiases,
      userFactors + user * bytes,
      itemFactors,
      stride,
      rate,
      shrink,
    );
  }
}

/** Loads a user's vector and those of the first items, so that cache misses overlap. */
function touchUser(
  row: usize,
  indices: usize,
  p: usize,
  itemFactors: usize,
  bytes: usize,
): f32 {
  const start = load<u32>(row), end = load<u32>(row, 4);
  if (start === end) return 0;
  let sum: f32 = 0;
  for (let at: usize = 0; at < bytes; at += 64) sum += load<f32>(p + at);
  const last = min(end, start + ITEMS_FETCHED);
  for (let i = start; i < last; i++) {
    const q = itemFactors + <usize> load<u32>(indices + (<usize> i << 2)) * bytes;
    for (let at: usize = 0; at < bytes; at += 64) sum += load<f32>(q + at);
  }
  return sum;
}

/**
 * The same with the vector z of the user's choice of items added to p (SVD++):
 *
 *   p = (1 − γλ)p + γe·q,  q = (1 − γλ)q + γe·(p + z),  pull += e·q
 */
export function descendImplicit(
  indices: usize,
  values: usize,
  count: i32,
  mean: f32,
  userBias: usize,
  itemBiases: usize,
  p: usize,
  itemFactors: usize,
  stride: i32,
  rate: f32,
  shrink: f32,
  z: usize,
  pull: usize,
): void {
  const bytes = <usize> stride << 2;
  const shrinks = f32x4.splat(shrink);
  for (let i: usize = 0; i < <usize> count; i++) {
    const item = <usize> load<u32>(indices + (i << 2));
    const q = itemFactors + item * bytes;
    const ofUser = load<f32>(userBias), ofItem = load<f32>(itemBiases + (item << 2));
    const predicted = ((mean + ofUser) + ofItem) + dotOfSum(p, z, q, bytes);
    const error = load<f32>(values + (i << 2)) - predicted;
    const step = rate * error;
    store<f32>(userBias, shrink * ofUser + step);
    store<f32>(itemBiases + (item << 2), shrink * ofItem + step);
    const errors = f32x4.splat(error), steps = f32x4.splat(step);
    for (let at: usize = 0; at < bytes; at += 16) {
      const u = v128.load(p + at), v = v128.load(q + at), w = v128.load(z + at);
      v128.store(p + at, f32x4.add(f32x4.mul(shrinks, u), f32x4.mul(steps, v)));
      v128.store(q + at, f32x4.add(f32x4.mul(shrinks, v), f32x4.mul(steps, f32x4.add(u, w))));
      v128.store(pull + at, f32x4.add(v128.load(pull + at), f32x4.mul(errors, v)));
    }
  }
}

/** (p + z)·q, summed as by {@linkcode dot}. */
function dotOfSum(p: usize, z: usize, q: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  let at: usize = 0;
  for (; at + 64 <= bytes; at += 64) {
    s0 = f32x4.add(s0, productOfSum(p + at, z + at, q + at));
    s1 = f32x4.add(s1, productOfSum(p + at + 16, z + at + 16, q + at + 16));
    s2 = f32x4.add(s2, productOfSum(p + at + 32, z + at + 32, q + at + 32));
    s3 = f32x4.add(s3, productOfSum(p + at + 48, z + at + 48, q + at + 48));
  }
  if (at < bytes) s0 = f32x4.add(s0, productOfSum(p + at, z + at, q + at));
  if (at + 16 < bytes) s1 = f32x4.add(s1, productOfSum(p + at + 16, z + at + 16, q + at + 16));
  if (at + 32 < bytes) s2 = f32x4.add(s2, productOfSum(p + at + 32, z + at + 32, q + at + 32));
  return sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
}

function productOfSum(p: usize, z: usize, q: usize): v128 {
  return f32x4.mul(f32x4.add(v128.load(p), v128.load(z)), v128.load(q));
}
