import { type Ranked, requirePlaces, topAmong } from "../top_k.ts";
import { type ItemLayout, layOutItems, norm } from "./item_layout.ts";
import type { ItemScorer, ItemVectors, UserVector } from "./item_vectors.ts";
import { createLazyScorer } from "./lazy_scorer.ts";
import { requireKernels } from "./module.ts";

/** Users ranked together in one pass over the items. */
const USERS = 4;

/**
 * Creates a scorer of items. The vectors are copied into kernel memory on first use, so a model
 * that is only trained and saved doesn't pay for that.
 *
 * @throws {InputError} If the runtime can't run the kernels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const scorer = createItemScorer({ factors: 2, itemFactors: Float32Array.of(1, 0, 0, 1, 1, 1) });
 * const [ranked] = scorer.rank([{ vector: [3, 2] }], [Uint32Array.of(2)], 2);
 * assertEquals(ranked.indices, Uint32Array.of(0, 1));
 * ```
 */
export function createItemScorer(items: ItemVectors): ItemScorer {
  requireKernels();
  let layout: ItemLayout | undefined;
  let ranker: ReturnType<typeof createRanker> | undefined;
  let lazy: ReturnType<typeof createLazyScorer> | undefined;
  const laidOut = () => layout ??= layOutItems(items);
  const prepared = () => ranker ??= createRanker(laidOut());
  return {
    score: (user, scores) => prepared().score(user, scores),
    // For a few items compiled code would be no faster.
    scoreSome: (user, some) => scoreSome(items, user, some),
    rank: (users, hidden, k) => prepared().rank(users, hidden, k),
    lazily: (user) => ({
      ...(lazy ??= createLazyScorer(laidOut()))(user),
      some: (some) => scoreSome(items, user, some),
    }),
  };
}

/** Takes 8 bytes × items, besides the layout. */
function createRanker(
  { space, itemCount, factors, chunks, blocks, order, offsets, bounds }: ItemLayout,
): Pick<ItemScorer, "score" | "rank"> {
  const { kernels } = space;
  const scores = space.floats(itemCount);
  const single = space.floats(factors);
  const vectors = space.floats(USERS * factors);
  const users = space.doubles(2 * USERS);
  const seen = space.bytes(itemCount);
  let heap = space.floats(0), heapItems = space.integers(0);

  function clearHeaps(size: number): void {
    if (USERS * size > heap.length) {
      heap = space.floats(USERS * size);
      heapItems = space.integers(USERS * size);
    }
    heap.fill(-Infinity);
  }

  /** Ranks up to four users; two and three cost as much as four. */
  function rankTogether(some: readonly UserVector[], hidden: readonly Uint32Array[], k: number) {
    const size = Math.min(k, itemCount);
    clearHeaps(size);
    const count = some.length === 1 ? 1 : USERS;
    for (let u = 0; u < count; u++) {
      // In empty places, repeat the last user: nobody would defeat the pruning.
      const { vector, constant = 0 } = some[Math.min(u, some.length - 1)];
      for (let f = 0; f < factors; f++) vectors[f * count + u] = vector[f];
      users[2 * u] = norm(vectors, factors, u, count);
      users[2 * u + 1] = Math.fround(constant);
    }
    mark(hidden, 1);
    const rankItems = count === 1 ? kernels.rankForOne : kernels.rankItems;
    rankItems(
      blocks.byteOffset,
      chunks,
      factors,
      vectors.byteOffset,
      users.byteOffset,
      offsets.byteOffset,
      bounds.byteOffset,
      order.byteOffset,
      seen.byteOffset,
      size,
      heap.byteOffset,
      heapItems.byteOffset,
    );
    mark(hidden, 0);
    return some.map((_, u) => {
      const [start, end] = [u * size, (u + 1) * size];
      const best = { items: heapItems.subarray(start, end), scores: heap.subarray(start, end) };
      return topAmong(best, size);
    });
  }

  /**
   * Sets or clears each user's bit at the items hidden from that user; the last user's items also
   * set the bits of missing users.
   */
  function mark(hidden: readonly Uint32Array[], on: 0 | 1): void {
    for (let u = 0; u < hidden.length; u++) {
      const users = u < hidden.length - 1 ? 1 : USERS - u;
      const bits = ((1 << users) - 1) << u;
      const items = hidden[u];
      for (let i = 0; i < items.length; i++) {
        const item = items[i];
        if (item < itemCount) seen[item] = on === 1 ? seen[item] | bits : 0;
      }
    }
  }

  return {
    score({ vector, constant = 0 }: UserVector, into: Float32Array): void {
      for (let f = 0; f < factors; f++) single[f] = vector[f];
      kernels.scoreItems(
        blocks.byteOffset,
        itemCount,
        factors,
        single.byteOffset,
        constant,
        offsets.byteOffset,
        order.byteOffset,
        scores.byteOffset,
      );
      into.set(scores);
    },
    rank(vectorsOfUsers: readonly UserVector[], hidden: readonly Uint32Array[], k: number) {
      requirePlaces(k);
      const ranked: Ranked[] = [];
      for (let u = 0; u < vectorsOfUsers.length; u += USERS) {
        const end = u + USERS;
        ranked.push(...rankTogether(vectorsOfUsers.slice(u, end), hidden.slice(u, end), k));
      }
      return ranked;
    },
  };
}

/**
 * The same arithmetic as the compiled kernel, four items at a time: each step of a sum waits for
 * the one before, and for memory, but not for other sums.
 */
function scoreSome(
  { factors, itemFactors, offsets }: ItemVectors,
  { vector, constant = 0 }: UserVector,
  items: Uint32Array,
): Float32Array {
  const x = new Float32Array(vector);
  const scores = new Float32Array(items.length);
  const last = items.length - 1;
  for (let i = 0; i <= last; i += 4) {
    const a = items[i] * factors, b = items[Math.min(i + 1, last)] * factors;
    const c = items[Math.min(i + 2, last)] * factors, d = items[Math.min(i + 3, last)] * factors;
    let ofA = 0, ofB = 0, ofC = 0, ofD = 0;
    for (let f = 0; f < factors; f++) {
      const value = x[f];
      ofA = Math.fround(ofA + Math.fround(value * itemFactors[a + f]));
      ofB = Math.fround(ofB + Math.fround(value * itemFactors[b + f]));
      ofC = Math.fround(ofC + Math.fround(value * itemFactors[c + f]));
      ofD = Math.fround(ofD + Math.fround(value * itemFactors[d + f]));
    }
    scores[i] = ofA;
    // Beyond the end, nothing is written.
    scores[i + 1] = ofB;
    scores[i + 2] = ofC;
    scores[i + 3] = ofD;
  }
  const ownConstant = Math.fround(constant);
  for (let i = 0; i <= last; i++) {
    scores[i] = Math.fround(scores[i] + (offsets?.[items[i]] ?? 0)) + ownConstant;
  }
  return scores;
}
