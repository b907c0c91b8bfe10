import { type ItemLayout, norm } from "./item_layout.ts";
import type { LazyScores, UserVector } from "./item_vectors.ts";

/** Number of items in {@linkcode LazyScores.longest}: a chunk. */
const LONGEST = 64;

/**
 * Scores of one user at a time, chunk by chunk as bounds require it; a chunk is scored once. Takes
 * 16 bytes × items, besides the layout.
 */
export function createLazyScorer(
  { space, itemCount, factors, chunks, blocks, order, offsets, bounds }: ItemLayout,
): (user: UserVector) => Pick<LazyScores, "longest" | "range" | "above"> {
  const { kernels } = space;
  const x = space.floats(factors);
  const scores = space.floats(blocks.length / factors);
  const scored = space.bytes(chunks);
  const widest = space.floats(2);
  const addendsInSpace = space.floats(itemCount);
  const foundItems = space.integers(itemCount);
  const foundScores = space.floats(itemCount);

  const longest = order.subarray(0, Math.min(LONGEST, itemCount));

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
      above({ addends, factor, threshold }) {
        addendsInSpace.set(addends);
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
