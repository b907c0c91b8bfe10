import type { History } from "../../interactions/history.ts";
import { type Ranked, requirePlaces } from "../../linalg/top_k.ts";
import type { Scorer } from "./scorer.ts";

/**
 * Makes a model's `rankBatch` of a way to score and a way to rank one user. A history that follows
 * itself is scored once.
 *
 * @param scoresOf Its result only has to be valid until the next call.
 * @param top The top k of scores, without the hidden items.
 */
export function rankOneByOne<Scores>(
  scoresOf: (history: History) => Scores,
  top: (scores: Scores, hidden: Uint32Array, k: number) => Ranked,
): NonNullable<Scorer["rankBatch"]> {
  return (histories, hidden, k) => {
    requirePlaces(k);
    const lists: Ranked[] = [];
    for (let i = 0; i < histories.length;) {
      const history = histories[i];
      const scores = scoresOf(history);
      for (; i < histories.length && histories[i] === history; i++) {
        lists.push(top(scores, hidden[i], k));
      }
    }
    return lists;
  };
}
