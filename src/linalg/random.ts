/** A stream of pseudo-random numbers, fully determined by its seed. */
export interface Random {
  /** A uniform number in [0, 1), with 32 random bits. */
  next(): number;
  /** A uniform whole number in [0, limit). */
  integer(limit: number): number;
  /** A standard normal number (Box and Muller 1958). */
  normal(): number;
  /** Sets all values to b·(2u − 1), with u as of {@linkcode Random.next}: from −b to b. */
  fill(values: Float32Array, b: number): void;
}

/**
 * A random number generator: sfc32 of PractRand (Doty-Humphrey), with its state initialized from
 * the seed by SplitMix32.
 *
 * @param seed Any whole number, of which the lower 32 bits are used.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(createRandom(1).next(), createRandom(1).next());
 * ```
 */
export function createRandom(seed: number): Random {
  const split = splitMix32(seed);
  let a = split(), b = split(), c = split(), counter = 1;

  function bits(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return sum >>> 0;
  }
  for (let i = 0; i < 12; i++) bits();

  const next = () => bits() / 4294967296;
  let spare = NaN;
  return {
    next,
    integer: (limit) => Math.floor(next() * limit),
    normal() {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = NaN;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const angle = 2 * Math.PI * next();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    fill(values, bound) {
      // The steps of bits(), on variables of this function, which takes half as long.
      let [p, q, r, count] = [a, b, c, counter];
      for (let i = 0; i < values.length; i++) {
        const sum = (p + q + count) | 0;
        count = (count + 1) | 0;
        p = q ^ (q >>> 9);
        q = (r + (r << 3)) | 0;
        r = ((r << 21) | (r >>> 11)) + sum | 0;
        values[i] = bound * (2 * ((sum >>> 0) / 4294967296) - 1);
      }
      [a, b, c, counter] = [p, q, r, count];
    },
  };
}

function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
}

/**
 * Shuffles values in place (Fisher and Yates; Durstenfeld 1964).
 *
 * @returns The same array.
 */
export function shuffle<T extends { readonly length: number; [index: number]: number }>(
  values: T,
  random: Random,
): T {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
  return values;
}

/** Rows of a block, which stay close together. */
const BLOCK = 64;

/** Rows that are mixed at a time: few enough for their data to fit into a processor's cache. */
const MIXED = 1024;

/**
 * Shuffles row numbers for gradient descent, so that few cache misses occur when rows are read in
 * this order (CorgiPile; Xu et al. 2022): first blocks of 64 rows, then the rows of 16 blocks at a
 * time. Descent converges as with {@linkcode shuffle}; up to 1,024 rows are shuffled fully.
 *
 * @param rows In the order in which their data is in memory.
 * @returns A new array.
 */
export function shuffleNearby(rows: Uint32Array, random: Random): Uint32Array {
  const starts = Uint32Array.from({ length: Math.ceil(rows.length / BLOCK) }, (_, i) => i * BLOCK);
  const order = new Uint32Array(rows.length);
  let size = 0;
  for (const start of shuffle(starts, random)) {
    const block = rows.subarray(start, start + BLOCK);
    order.set(block, size);
    size += block.length;
  }
  for (let at = 0; at < size; at += MIXED) shuffle(order.subarray(at, at + MIXED), random);
  return order;
}
