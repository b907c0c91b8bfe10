import { sum } from "../../../../src/base/statistics.ts";
import { type Interactions, ratingMatrix } from "../../../../src/interactions/interactions.ts";
import { filledSize } from "../../../../src/linalg/sparse/filled_size.ts";
import type { TrialOptions } from "../../../../src/training/tune/search_space.ts";

/** α₀ of `als` when it was the same for all data. */
const UNOBSERVED_WEIGHT = 0.03;
/** How much an item of a history counted relative to the next, also where nobody comes back. */
const DECAY = { decay: 0.9 };

/**
 * The defaults of models before these followed from the data's size and density.
 *
 * @returns Nothing for models whose defaults are as they were.
 */
export function earlierOptions(name: string, train: Interactions): TrialOptions | undefined {
  switch (name) {
    case "als": {
      const weights = ratingMatrix(train, "logsum");
      const { rows, columns } = filledSize(weights);
      return {
        factors: 64,
        iterations: 12,
        regularization: 0.001,
        unobservedRatio: UNOBSERVED_WEIGHT * rows * columns / (sum(weights.values) || 1),
      };
    }
    case "item_knn":
      return { popularityPower: 0.1, shrinkage: 0, selfSimilarity: 0 };
    case "ease":
      return { neighbors: 300 };
    case "graph_svd":
      return { popularityPower: 0.8, iterations: 4 };
    case "pure_svd":
      return { iterations: 4 };
    case "session_knn":
      return { ...DECAY, similarityIdf: 0, lengthPower: 0, sessionHalfLifeDays: Infinity };
    case "sequential_rules":
      return { ...DECAY, shrinkage: 0 };
  }
}
