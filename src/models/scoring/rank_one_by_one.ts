import type { History } from "../../interactions/history.ts";
import { type Ranked, requirePlaces } from "../../linalg/top_k.ts";
import { historyRuns, isFollowed, withHidden } from "./history_runs.ts";
import type { Scorer } from "./scorer.ts";

/** Ways to use the scores of one history. */
export interface RankedScores<Scores> {
  readonly itemCount: number;
  /** Its result only has to be valid until the next call. */
  scoresOf(history: History): Scores;
  /** The top k, without the hidden items. */
  top(scores: Scores, hidden: Uint32Array, k: number): Ranked;
  /** The scores of some items, in their order. */
  some(scores: Scores, items: Uint32Array): Float32Array;
}

/**
 * Makes a model's ways to rank of a way to score and a way to rank one user. A history that follows
 * itself is scored once.
 */
export function rankOneByOne<Scores>(
  { itemCount, scoresOf, top, some }: RankedScores<Scores>,
): Required<Pick<Scorer, "rankBatch" | "rankAndScore">> {
  return {
    rankBatch(histories, hidden, k) {
      requirePlaces(k);
      const lists: Ranked[] = [];
      for (const run of historyRuns(histories)) {
        const scores = scoresOf(run.history);
        for (let i = run.end - 1; i >= run.start; i--) {
          lists[i] = isFollowed(run, hidden, i)
            ? withHidden(
              lists[i + 1],
              { hidden: hidden[i + 1], k, itemCount },
              (items) => some(scores, items),
            )
            : top(scores, hidden[i], k);
        }
      }
      return lists;
    },
    rankAndScore(histories, hidden, k) {
      requirePlaces(k);
      return histories.map((history, i) => {
        const scores = scoresOf(history);
        const best = top(scores, hidden[i], k);
        return { best, hiddenScores: some(scores, hidden[i]) };
      });
    },
  };
}
