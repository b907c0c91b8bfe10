import { radixOrder } from "./radix_order.ts";

/** The largest of a list of scores: their positions and the scores, best first. */
export interface Ranked {
  readonly indices: Uint32Array;
  readonly scores: Float32Array;
}

/** Sorting takes less time than a heap for lists of this length, and this share of the scores. */
const LONG = 64;
const LONG_SHARE = 1 / 8;

/**
 * The `k` largest scores, in one pass with a heap of size `k`, or by sorting if `k` is large. Ties
 * rank by position, lowest first. Scores of `-Infinity` and `NaN` are skipped, so the result may be
 * shorter than `k`.
 *
 * @param k At least 1; more than `scores.length` gives all.
 * @throws {RangeError} If `k` is not a positive whole number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(topK(Float32Array.of(3, 9, 3, 5), 3).indices, Uint32Array.of(1, 3, 0));
 * ```
 */
export function topK(scores: Float32Array, k: number): Ranked {
  requirePlaces(k);
  const size = Math.min(k, scores.length);
  if (isDescending(scores)) return firstOf(scores, size);
  if (size >= LONG && size >= LONG_SHARE * scores.length) {
    const indices = radixOrder(scores).subarray(0, size);
    const best = new Float32Array(indices.length);
    for (let place = 0; place < best.length; place++) best[place] = scores[indices[place]];
    return { indices, scores: best };
  }
  const heapScores = new Float32Array(size);
  const heapIndices = new Uint32Array(size);
  const { length } = scores;
  let filled = 0, worst = -Infinity;
  // The heap's root is the worst of the best so far. Positions ascend, so a score that ties with
  // the root loses to it.
  for (let i = 0; i < length; i++) {
    // Most scores are left out, which takes half the time for four together.
    while (
      i + 4 <= length && !(scores[i] > worst || scores[i + 1] > worst ||
        scores[i + 2] > worst || scores[i + 3] > worst)
    ) i += 4;
    if (i >= length) break;
    const score = scores[i];
    if (!(score > worst)) continue;
    if (filled < size) siftUp(heapScores, heapIndices, filled++, score, i);
    else siftDown(heapScores, heapIndices, size, score, i);
    if (filled === size) worst = heapScores[0];
  }
  return drain(heapScores, heapIndices, filled);
}

/** Whether scores already rank in their order, none of them skipped; mostly false immediately. */
function isDescending(scores: Float32Array): boolean {
  for (let i = 1; i < scores.length; i++) if (!(scores[i] <= scores[i - 1])) return false;
  return scores.length > 0 && scores[scores.length - 1] > -Infinity;
}

function firstOf(scores: Float32Array, size: number): Ranked {
  return {
    indices: Uint32Array.from({ length: size }, (_, i) => i),
    scores: scores.slice(0, size),
  };
}

/** Some items and their scores. */
export interface ScoredItems {
  /** Item numbers, each once. */
  readonly items: Uint32Array;
  readonly scores: Float32Array;
}

/**
 * The `k` largest scores of some items, as {@linkcode topK} of all would rank them: ties by item
 * number, whatever the order of the items.
 *
 * @param k At least 1.
 * @throws {RangeError} If `k` is not a positive whole number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const some = { items: Uint32Array.of(8, 2, 5), scores: Float32Array.of(1, 1, 0) };
 * assertEquals(topAmong(some, 2).indices, Uint32Array.of(2, 8));
 * ```
 */
export function topAmong({ items, scores }: ScoredItems, k: number): Ranked {
  return topOfItems({ items, scores }, k, { isByItem: false });
}

/**
 * The `k` largest of the scores of some items, ranked as {@linkcode topAmong} does.
 *
 * @param scores One per item, of all items.
 * @param items Item numbers, each once.
 * @param k At least 1.
 * @throws {RangeError} If `k` is not a positive whole number.
 */
export function topOfSome(scores: Float32Array, items: Uint32Array, k: number): Ranked {
  return topOfItems({ items, scores }, k, { isByItem: true });
}

/** @param options `isByItem`: whether scores are in the order of all items, or of these. */
function topOfItems(
  { items, scores }: ScoredItems,
  k: number,
  { isByItem }: { isByItem: boolean },
): Ranked {
  requirePlaces(k);
  const size = Math.min(k, items.length);
  const heapScores = new Float32Array(size);
  const heapItems = new Uint32Array(size);
  let filled = 0, worst = -Infinity;
  for (let i = 0; i < items.length; i++) {
    const item = items[i], score = scores[isByItem ? item : i];
    // Most items are left out by this comparison.
    if (score < worst || score === -Infinity || Number.isNaN(score)) continue;
    if (filled < size) siftUp(heapScores, heapItems, filled++, score, item);
    else if (!isWorse(heapScores[0], heapItems[0], score, item)) continue;
    else siftDown(heapScores, heapItems, size, score, item);
    if (filled === size) worst = heapScores[0];
  }
  return drain(heapScores, heapItems, filled);
}

/** The positions of the first scores that are 0, at most as many as given. */
export function firstZeros(scores: Float32Array, most: number): number[] {
  const zeros: number[] = [];
  for (let i = 0; i < scores.length && zeros.length < most; i++) if (scores[i] === 0) zeros.push(i);
  return zeros;
}

/**
 * Checks the length of a list.
 *
 * @throws {RangeError} If `k` is not a positive whole number.
 */
export function requirePlaces(k: number): void {
  if (!Number.isInteger(k) || k < 1) {
    throw new RangeError(`Cannot rank scores: k must be a whole number of at least 1, got ${k}`);
  }
}

/**
 * The first `k` of a ranking that are kept, in its order.
 *
 * @param isKept Default all are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ranked = { indices: Uint32Array.of(4, 1, 3), scores: Float32Array.of(9, 8, 7) };
 * assertEquals(firstWhere(ranked, 1, (position) => position < 4), {
 *   indices: Uint32Array.of(1),
 *   scores: Float32Array.of(8),
 * });
 * ```
 */
export function firstWhere(
  { indices, scores }: Ranked,
  k: number,
  isKept: (position: number) => boolean = () => true,
): Ranked {
  const size = Math.min(k, indices.length);
  const kept = new Uint32Array(size), keptScores = new Float32Array(size);
  let count = 0;
  for (let place = 0; place < indices.length && count < size; place++) {
    if (!isKept(indices[place])) continue;
    kept[count] = indices[place];
    keptScores[count++] = scores[place];
  }
  return { indices: kept.subarray(0, count), scores: keptScores.subarray(0, count) };
}

/**
 * The best `k` of two rankings of different positions, as {@linkcode topK} of all would rank them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const one = { indices: Uint32Array.of(4, 1), scores: Float32Array.of(9, 7) };
 * const other = { indices: Uint32Array.of(0, 8), scores: Float32Array.of(7, 1) };
 * assertEquals(mergeRanked(one, other, 3).indices, Uint32Array.of(4, 0, 1));
 * ```
 */
export function mergeRanked(first: Ranked, second: Ranked, k: number): Ranked {
  const size = Math.min(k, first.indices.length + second.indices.length);
  const indices = new Uint32Array(size);
  const scores = new Float32Array(size);
  for (let i = 0, f = 0, s = 0; i < size; i++) {
    const takesSecond = f === first.indices.length || s < second.indices.length &&
        isWorse(first.scores[f], first.indices[f], second.scores[s], second.indices[s]);
    const [list, at] = takesSecond ? [second, s++] : [first, f++];
    indices[i] = list.indices[at];
    scores[i] = list.scores[at];
  }
  return { indices, scores };
}

/** Empties the heap from its root, the worst, so that the best comes first. */
function drain(heapScores: Float32Array, heapIndices: Uint32Array, filled: number): Ranked {
  const scores = new Float32Array(filled);
  const indices = new Uint32Array(filled);
  for (let size = filled; size > 0; size--) {
    scores[size - 1] = heapScores[0];
    indices[size - 1] = heapIndices[0];
    siftDown(heapScores, heapIndices, size - 1, heapScores[size - 1], heapIndices[size - 1]);
  }
  return { indices, scores };
}

function isWorse(scoreA: number, indexA: number, scoreB: number, indexB: number): boolean {
  return scoreA < scoreB || (scoreA === scoreB && indexA > indexB);
}

function siftUp(
  scores: Float32Array,
  indices: Uint32Array,
  at: number,
  score: number,
  index: number,
): void {
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isWorse(score, index, scores[parent], indices[parent])) break;
    scores[at] = scores[parent];
    indices[at] = indices[parent];
    at = parent;
  }
  scores[at] = score;
  indices[at] = index;
}

function siftDown(
  scores: Float32Array,
  indices: Uint32Array,
  size: number,
  score: number,
  index: number,
): void {
  let at = 0;
  while (true) {
    let child = 2 * at + 1;
    if (child >= size) break;
    const right = child + 1;
    if (right < size && isWorse(scores[right], indices[right], scores[child], indices[child])) {
      child = right;
    }
    if (!isWorse(scores[child], indices[child], score, index)) break;
    scores[at] = scores[child];
    indices[at] = indices[child];
    at = child;
  }
  if (size > 0) {
    scores[at] = score;
    indices[at] = index;
  }
}
