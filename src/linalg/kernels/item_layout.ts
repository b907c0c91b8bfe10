import type { ItemVectors } from "./item_vectors.ts";
import { createSpace, type Space } from "./space.ts";

/** Items per block, stored side by side, factor by factor. */
const BLOCK = 16;

/** Items that share one bound on their scores. */
export const CHUNK = 64;

/** Items in kernel memory. Places number the items in the order in which they are stored. */
export interface ItemLayout {
  readonly space: Space;
  readonly itemCount: number;
  readonly factors: number;
  /** Chunks of 64 items; those missing in the last are padding. */
  readonly chunks: number;
  /** The vectors, in blocks of 16 items: factor f of a block's items side by side. */
  readonly blocks: Float32Array;
  /** The item at each place. */
  readonly order: Uint32Array;
  /** By place; `-Infinity` for padding. */
  readonly offsets: Float32Array;
  /** For each chunk, the longest vector's length, the largest and the least offset. */
  readonly bounds: Float64Array;
}

/**
 * Lays items out in kernel memory, sorted by the bound offset + |y| on their scores, so that the
 * long tail can be skipped: by the Cauchy-Schwarz inequality none of it scores high (Teflioudi,
 * Gemulla and Mykytiuk 2015). Takes 4 bytes × items × (factors + 2).
 */
export function layOutItems({ factors, itemFactors, offsets: given }: ItemVectors): ItemLayout {
  const space = createSpace();
  const itemCount = itemFactors.length / factors;
  const chunks = Math.ceil(itemCount / CHUNK);
  const norms = normsOf(itemFactors, factors);
  const byBound = orderByBound(norms, given);
  const blocks = space.floats(chunks * CHUNK * factors);
  const order = space.integers(chunks * CHUNK);
  const offsets = space.floats(chunks * CHUNK).fill(-Infinity);
  const bounds = space.doubles(3 * chunks);
  for (let place = 0; place < itemCount; place++) {
    const item = byBound[place];
    order[place] = item;
    offsets[place] = given?.[item] ?? 0;
    const to = (place - place % BLOCK) * factors + place % BLOCK;
    const from = item * factors;
    for (let f = 0; f < factors; f++) blocks[to + f * BLOCK] = itemFactors[from + f];
    const bound = 3 * Math.floor(place / CHUNK);
    const isFirst = place % CHUNK === 0;
    bounds[bound] = Math.max(isFirst ? 0 : bounds[bound], norms[item]);
    bounds[bound + 1] = Math.max(isFirst ? -Infinity : bounds[bound + 1], offsets[place]);
    bounds[bound + 2] = Math.min(isFirst ? Infinity : bounds[bound + 2], offsets[place]);
  }
  return { space, itemCount, factors, chunks, blocks, order, offsets, bounds };
}

function normsOf(vectors: Float32Array, factors: number): Float64Array {
  const norms = new Float64Array(vectors.length / factors);
  for (let i = 0; i < norms.length; i++) norms[i] = norm(vectors, factors, i * factors, 1);
  return norms;
}

/** The Euclidean norm of the vector whose numbers are `step` apart. */
export function norm(values: Float32Array, factors: number, start: number, step: number): number {
  let sum = 0;
  for (let f = 0; f < factors; f++) sum += values[start + f * step] ** 2;
  return Math.sqrt(sum);
}

/** By descending bound, in single precision; ties go to the lower number. */
function orderByBound(norms: Float64Array, offsets?: Float32Array): Uint32Array {
  const bound = new Float32Array(1);
  const bits = new Int32Array(bound.buffer);
  // Sorting numbers without a function to compare them is several times faster: as whole numbers
  // the bits of floating-point numbers have their order, negative ones the reverse.
  const keys = new Float64Array(norms.length);
  for (let item = 0; item < keys.length; item++) {
    bound[0] = norms[item] + (offsets?.[item] ?? 0);
    const rank = bits[0] >= 0 ? bits[0] : -(bits[0] & 0x7fff_ffff);
    keys[item] = item - rank * keys.length;
  }
  const order = new Uint32Array(norms.length);
  keys.sort().forEach((key, place) => {
    const item = key % keys.length;
    order[place] = item < 0 ? item + keys.length : item;
  });
  return order;
}
