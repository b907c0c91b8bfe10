/** Option values to try; every combination is fitted. */
export interface RankingGrid {
  readonly [option: string]: readonly unknown[];
}

/**
 * What the ranking benchmark searches, for models that are worth measuring on users' items alone: no time, no
 * sessions, nothing known of the products. A model without options to search has an empty grid.
 */
export const RANKING_GRIDS: Readonly<Record<string, RankingGrid>> = {
  popularity: {},
  pure_svd: { factors: [32, 64, 128, 256] },
  item_knn: { neighbors: [500], userPower: [0.5, 0.7, 1], popularityPower: [0, 0.1, 0.2] },
  als: {
    factors: [256],
    unobservedWeight: [0.01, 0.03],
    regularization: [0.0003, 0.001, 0.003],
  },
  // As published.
  graph_svd: {
    factors: [256],
    userPower: [1],
    popularityPower: [1],
    lowPassWeight: [0.2, 0.3, 0.4],
  },
  ease: { neighbors: [1000], userPower: [0.5], frequencyPower: [0.5], regularization: [10, 20] },
  blend: { normalize: ["zscore"] },
};

/**
 * Every combination of the values, the last option varying fastest.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(combinations({ factors: [8], weight: [0, 1] }), [
 *   { factors: 8, weight: 0 },
 *   { factors: 8, weight: 1 },
 * ]);
 * ```
 */
export function combinations(grid: RankingGrid): Record<string, unknown>[] {
  return Object.entries(grid).reduce<Record<string, unknown>[]>(
    (sofar, [name, values]) =>
      sofar.flatMap((options) => values.map((value) => ({ ...options, [name]: value }))),
    [{}],
  );
}
