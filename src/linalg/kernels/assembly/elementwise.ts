// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.

/** Σ of four lanes, always in the same order. */
export function sumOfLanes(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/**
 * e^x by range reduction and a polynomial (Cephes): the same on every machine, off by 2⁻²³ of the
 * result. Below −87 it is e^−87.
 */
export function exponential(x: v128): v128 {
  x = f32x4.max(x, f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  const exponent = i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127));
  return f32x4.mul(p, i32x4.shl(exponent, 23));
}

/** Σ xᵢ·yᵢ of `bytes` / 4 numbers, a multiple of four. */
export function dot(x: usize, y: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(x + at), v128.load(y + at)));
  }
  return sumOfLanes(sum);
}

/** to += factor · from */
export function addScaledRow(to: usize, from: usize, factor: f32, bytes: usize): void {
  const f = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(v128.load(from + at), f)));
  }
}

/** to += from */
export function addTo(to: usize, from: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
  }
}

/** x = max(x, 0) */
export function rectify(x: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(x + at, f32x4.max(v128.load(x + at), zero));
  }
}

/** Clears the gradient where the rectified output isn't above 0. */
export function rectifyGradient(output: usize, gradient: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const isAbove = f32x4.gt(v128.load(output + at), zero);
    v128.store(gradient + at, v128.and(v128.load(gradient + at), isAbove));
  }
}

/**
 * Dropout (Srivastava et al. 2014): clears each number with a probability of `threshold` / 2³² and
 * multiplies the others by `scale`. Which ones depends on the seed and the place alone, so that the
 * gradient takes the same call.
 */
export function dropOut(x: usize, bytes: usize, seed: i32, threshold: u32, scale: f32): void {
  if (threshold === 0) return;
  const least = i32x4.splat(threshold), factor = f32x4.splat(scale);
  let place = i32x4(0, 1, 2, 3);
  for (let at: usize = 0; at < bytes; at += 16) {
    const kept = i32x4.ge_u(mix(i32x4.add(place, i32x4.splat(seed))), least);
    v128.store(x + at, v128.and(f32x4.mul(v128.load(x + at), factor), kept));
    place = i32x4.add(place, i32x4.splat(4));
  }
}

/** Scrambles bits (the last steps of MurmurHash3; Appleby). */
function mix(h: v128): v128 {
  h = i32x4.mul(h, i32x4.splat(0x9e3779b1));
  h = v128.xor(h, i32x4.shr_u(h, 16));
  h = i32x4.mul(h, i32x4.splat(0x85ebca6b));
  h = v128.xor(h, i32x4.shr_u(h, 13));
  h = i32x4.mul(h, i32x4.splat(0xc2b2ae35));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** Added to the variance. */
const EPSILON: f32 = 1e-5;

/**
 * Layer normalization (Ba, Kiros and Hinton 2016): x̂ = (x − mean) / √(variance + 10⁻⁵) of each
 * row, y = gain·x̂ + bias.
 *
 * @param x Row-major, `rows` × `width`, a multiple of four.
 * @param gain `width` numbers, followed by the bias.
 * @param normalized x̂
 * @param scales 1 / √(variance + 10⁻⁵) of each row.
 */
export function normalizeRows(
  x: usize,
  rows: i32,
  width: i32,
  gain: usize,
  normalized: usize,
  scales: usize,
  y: usize,
): void {
  const bytes = <usize> width << 2, bias = gain + bytes;
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) sum = f32x4.add(sum, v128.load(x + at));
    const mean = f32x4.splat(sumOfLanes(sum) / <f32> width);
    let squares = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const centered = f32x4.sub(v128.load(x + at), mean);
      squares = f32x4.add(squares, f32x4.mul(centered, centered));
    }
    const scale: f32 = 1 / sqrt<f32>(sumOfLanes(squares) / <f32> width + EPSILON);
    store<f32>(scales, scale);
    const s = f32x4.splat(scale);
    for (let at: usize = 0; at < bytes; at += 16) {
      const n = f32x4.mul(f32x4.sub(v128.load(x + at), mean), s);
      v128.store(normalized + at, n);
      v128.store(y + at, f32x4.add(f32x4.mul(n, v128.load(gain + at)), v128.load(bias + at)));
    }
    x += bytes;
    y += bytes;
    normalized += bytes;
    scales += 4;
  }
}

/**
 * The gradient of {@linkcode normalizeRows}.
 *
 * @param dy The gradient of y.
 * @param dGain Added to: the gradients of gain and bias.
 * @param dx Added to: the gradient of x.
 */
export function normalizeGradient(
  dy: usize,
  rows: i32,
  width: i32,
  gain: usize,
  normalized: usize,
  scales: usize,
  dGain: usize,
  dx: usize,
): void {
  const bytes = <usize> width << 2, dBias = dGain + bytes;
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0), products = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const d = v128.load(dy + at), n = v128.load(normalized + at);
      v128.store(dBias + at, f32x4.add(v128.load(dBias + at), d));
      v128.store(dGain + at, f32x4.add(v128.load(dGain + at), f32x4.mul(d, n)));
      const scaled = f32x4.mul(d, v128.load(gain + at));
      sum = f32x4.add(sum, scaled);
      products = f32x4.add(products, f32x4.mul(scaled, n));
    }
    const mean = f32x4.splat(sumOfLanes(sum) / <f32> width);
    const slope = f32x4.splat(sumOfLanes(products) / <f32> width);
    const scale = f32x4.splat(load<f32>(scales));
    for (let at: usize = 0; at < bytes; at += 16) {
      const own = f32x4.mul(v128.load(dy + at), v128.load(gain + at));
      const rest = f32x4.add(mean, f32x4.mul(v128.load(normalized + at), slope));
      const d = f32x4.mul(f32x4.sub(own, rest), scale);
      v128.store(dx + at, f32x4.add(v128.load(dx + at), d));
    }
    dy += bytes;
    dx += bytes;
    normalized += bytes;
    scales += 4;
  }
}

/**
 * A step of Adam (Kingma and Ba 2015) on gradients that several kernel calls left:
 *
 *   g = Σ parts,  m = β₁m + (1 − β₁)g,  v = β₂v + (1 − β₂)g²,  x = x − rate · m / (√v + ε)
 *
 * @param parts The first part; the others follow at intervals of `partBytes`, summed in order.
 * @param bytes Length of x, a multiple of 16.
 * @param rate The learning rate, with the correction of both means' start at 0.
 */
export function adam(
  x: usize,
  m: usize,
  v: usize,
  parts: usize,
  partBytes: usize,
  count: i32,
  bytes: usize,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): void {
  const keep1 = f32x4.splat(beta1), take1 = f32x4.splat(1 - beta1);
  const keep2 = f32x4.splat(beta2), take2 = f32x4.splat(1 - beta2);
  const r = f32x4.splat(rate), e = f32x4.splat(epsilon);
  for (let at: usize = 0; at < bytes; at += 16) {
    let from = parts + at;
    let g = v128.load(from);
    for (let part = 1; part < count; part++) {
      from += partBytes;
      g = f32x4.add(g, v128.load(from));
    }
    const mean = f32x4.add(f32x4.mul(keep1, v128.load(m + at)), f32x4.mul(take1, g));
    const square = f32x4.mul(take2, f32x4.mul(g, g));
    const variance = f32x4.add(f32x4.mul(keep2, v128.load(v + at)), square);
    v128.store(m + at, mean);
    v128.store(v + at, variance);
    const step = f32x4.div(f32x4.mul(r, mean), f32x4.add(f32x4.sqrt(variance), e));
    v128.store(x + at, f32x4.sub(v128.load(x + at), step));
  }
}

/**
 * {@linkcode adam} on some rows of a matrix and of its means.
 *
 * @param rows The rows' numbers, distinct.
 * @param parts The gradients of the rows, in their order.
 */
export function adamRows(
  rows: usize,
  count: i32,
  x: usize,
  m: usize,
  v: usize,
  parts: usize,
  partBytes: usize,
  partCount: i32,
  bytes: usize,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): void {
  for (let i = 0; i < count; i++) {
    const at = <usize> load<u32>(rows + (<usize> i << 2)) * bytes;
    const own = parts + <usize> i * bytes;
    const to = x + at;
    adam(to, m + at, v + at, own, partBytes, partCount, bytes, rate, beta1, beta2, epsilon);
  }
}
