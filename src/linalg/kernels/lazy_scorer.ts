import { CHUNK, type ItemLayout, norm } from "./item_layout.ts";
import type { LazyScores, UserVector } from "./item_vectors.ts";

/** Per addend, twice the relative rounding error of a sum in single precision. */
const ROUNDING = 2 ** -23;

/**
 * Scores of one user at a time, chunk by chunk as bounds require it; a chunk is scored once. Takes
 * 18 bytes × items, besides the layout.
 */
export function createLazyScorer(
  { space, itemCount, factors, chunks, blocks, order, offsets, bounds }: ItemLayout,
): (user: UserVector) => Omit<LazyScores, "some"> {
  const { kernels } = space;
  const x = space.floats(factors);
  const scores = space.floats(blocks.length / factors);
  const scored = space.bytes(chunks);
  const widest = space.floats(2);
  const addendsInSpace = space.floats(itemCount);
  const largestAddends = space.floats(chunks);
  const foundItems = space.integers(itemCount);
  const foundScores = space.floats(itemCount);

  const extremes = extremesOf(bounds);
  let chunkOf: Uint16Array | Uint32Array | undefined;

  /** Sets the largest addend of each chunk; those of items that no list has are 0 at most. */
  function raiseLargest(addends: Float32Array, touched: readonly Uint32Array[]): void {
    chunkOf ??= chunksOfItems(order, itemCount);
    largestAddends.fill(0);
    for (const items of touched) {
      for (let i = 0; i < items.length; i++) {
        const chunk = chunkOf[items[i]], addend = addends[items[i]];
        if (addend > largestAddends[chunk]) largestAddends[chunk] = addend;
      }
    }
  }
  const longest = order.subarray(0, Math.min(CHUNK, itemCount));

  return ({ vector, constant = 0 }) => {
    scored.fill(0);
    for (let f = 0; f < factors; f++) x[f] = vector[f];
    const length = norm(x, factors, 0, 1);
    return {
      longest,
      range() {
        kernels.scoreRange(
          blocks.byteOffset,
          itemCount,
          factors,
          x.byteOffset,
          length,
          constant,
          offsets.byteOffset,
          bounds.byteOffset,
          scored.byteOffset,
          scores.byteOffset,
          widest.byteOffset,
        );
        return { least: widest[0], largest: widest[1] };
      },
      bounds() {
        const { norm, leastOffset, largestOffset } = extremes;
        const product = length * norm;
        const largest = Math.max(Math.abs(leastOffset), Math.abs(largestOffset));
        const slack = (factors + 8) * ROUNDING * (product + largest + Math.abs(constant));
        return {
          least: constant + leastOffset - product - slack,
          largest: constant + largestOffset + product + slack,
        };
      },
      above({ addends, touched, factor, threshold }) {
        addendsInSpace.set(addends);
        if (touched) raiseLargest(addends, touched);
        else largestAddends.fill(Infinity);
        const count = kernels.scoreAbove(
          blocks.byteOffset,
          itemCount,
          factors,
          x.byteOffset,
          length,
          constant,
          offsets.byteOffset,
          bounds.byteOffset,
          scored.byteOffset,
          scores.byteOffset,
          order.byteOffset,
          addendsInSpace.byteOffset,
          largestAddends.byteOffset,
          factor,
          threshold,
          foundItems.byteOffset,
          foundScores.byteOffset,
        );
        return { items: foundItems.subarray(0, count), scores: foundScores.subarray(0, count) };
      },
    };
  };
}

/** The longest vector's length, the least and the largest offset, from those of all chunks. */
function extremesOf(bounds: Float64Array) {
  let norm = 0, largestOffset = -Infinity, leastOffset = Infinity;
  for (let chunk = 0; chunk < bounds.length; chunk += 3) {
    norm = Math.max(norm, bounds[chunk]);
    largestOffset = Math.max(largestOffset, bounds[chunk + 1]);
    leastOffset = Math.min(leastOffset, bounds[chunk + 2]);
  }
  return { norm, largestOffset, leastOffset };
}

/** The chunk of each item. */
function chunksOfItems(order: Uint32Array, itemCount: number): Uint16Array | Uint32Array {
  const chunks = Math.ceil(itemCount / CHUNK);
  // Numbers are rounded down.
  const chunkOf = chunks <= 0x10000 ? new Uint16Array(itemCount) : new Uint32Array(itemCount);
  for (let place = 0; place < itemCount; place++) chunkOf[order[place]] = place / CHUNK;
  return chunkOf;
}
