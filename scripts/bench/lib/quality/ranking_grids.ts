import type { SearchSpace } from "../../../../src/models/options/declarations.ts";

/**
 * The values that the ranking benchmark searches, for models that work without times, sessions and
 * product data. Every combination is fitted; a model with an empty grid keeps its defaults.
 */
export const RANKING_GRIDS: Readonly<Record<string, SearchSpace>> = {
  popularity: {},
  pure_svd: { factors: [32, 64, 128, 256] },
  item_knn: { neighbors: [500], userPower: [0.5, 0.7, 1], popularityPower: [0, 0.1, 0.2] },
  als: {
    factors: [256],
    unobservedRatio: [5, 10, 20, 40],
    regularization: [0.003, 0.01],
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
