/** A ranking drawn at random, and how likely each of its places was. */
export interface DrawnRanking {
  /** The items' numbers, the first place first. */
  readonly items: readonly number[];
  /**
   * For each place, the probability of its item, given the items before it; their product is that
   * of the ranking.
   */
  readonly propensities: readonly number[];
}

/** How rankings are drawn. */
export interface PlackettLuce {
  /** One finite number per item: the larger, the likelier it comes early. */
  readonly scores: ArrayLike<number>;
  /**
   * Above 0. A difference of this much between two scores makes one item e times as likely as the
   * other; the smaller, the closer to ranking by score.
   */
  readonly temperature: number;
}

/**
 * Draws a ranking from the Plackett–Luce distribution: each place goes to one of the remaining
 * items in proportion to exp(score / temperature) (Plackett 1975; by adding Gumbel noise to the
 * scores and sorting, as in Yellott 1977).
 *
 * @param k Number of places; all items if there are fewer.
 * @param draw Draws uniform numbers from 0 to 1, excluding 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { items, propensities } = drawRanking({ scores: [0, 0], temperature: 1 }, 2, () => 0.5);
 * assertEquals(items.toSorted(), [0, 1]);
 * assertEquals(propensities, [0.5, 1]);
 * ```
 */
export function drawRanking(model: PlackettLuce, k: number, draw: () => number): DrawnRanking {
  const noisy = Array.from(
    model.scores,
    (score, item) => ({ item, key: score / model.temperature - Math.log(-Math.log1p(-draw())) }),
  );
  const items = noisy.sort((a, b) => b.key - a.key).slice(0, k).map(({ item }) => item);
  return { items, propensities: placePropensities(model, items) };
}

/**
 * How likely each place of a ranking is, given the places before it.
 *
 * @param items Different numbers of items, the first place first.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Weights 1, 2 and 5: 5 of 8, then 1 of 3.
 * const scores = [1, 2, 5].map(Math.log);
 * const [first, second] = placePropensities({ scores, temperature: 1 }, [2, 0]);
 * assertAlmostEquals(first, 5 / 8, 1e-12);
 * assertAlmostEquals(second, 1 / 3, 1e-12);
 * ```
 */
export function placePropensities(
  { scores, temperature }: PlackettLuce,
  items: readonly number[],
): number[] {
  const logits = Array.from(scores, (score) => score / temperature);
  const left = new Set(logits.keys());
  return items.map((item) => {
    // Computed anew for each place: what is left may be tiny beside what is gone.
    let largest = -Infinity, total = 0;
    for (const other of left) largest = Math.max(largest, logits[other]);
    for (const other of left) total += Math.exp(logits[other] - largest);
    left.delete(item);
    return Math.exp(logits[item] - largest) / total;
  });
}
