import type { History } from "../../interactions/history.ts";
import type { ItemScorer, UserVector } from "../../linalg/kernels/item_vectors.ts";
import type { Scorer } from "./scorer.ts";

/** Most ways to score of a model whose scores are products of vectors. */
export function vectorScorer(
  scorer: ItemScorer,
  userOf: (history: History) => UserVector,
): Required<Pick<Scorer, "score" | "scoreSome" | "scoreLazily" | "rankBatch">> {
  return {
    score: (history, scores) => scorer.score(userOf(history), scores),
    scoreSome: (history, items) => scorer.scoreSome(userOf(history), items),
    scoreLazily: (history) => scorer.lazily(userOf(history)),
    rankBatch: (histories, hidden, k) => scorer.rank(histories.map(userOf), hidden, k),
  };
}
