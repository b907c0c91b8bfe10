import type { History } from "../../interactions/history.ts";
import type { ItemScorer, UserVector } from "../../linalg/kernels/item_vectors.ts";
import type { Ranked } from "../../linalg/top_k.ts";
import { historyRuns, isFollowed, withHidden } from "./history_runs.ts";
import type { Scorer } from "./scorer.ts";

/** Most ways to score of a model whose scores are products of vectors. */
export function vectorScorer(
  itemCount: number,
  scorer: ItemScorer,
  userOf: (history: History) => UserVector,
): Required<Pick<Scorer, "score" | "scoreSome" | "scoreLazily" | "rankBatch" | "rankAndScore">> {
  return {
    score: (history, scores) => scorer.score(userOf(history), scores),
    scoreSome: (history, items) => scorer.scoreSome(userOf(history), items),
    scoreLazily: (history) => scorer.lazily(userOf(history)),
    rankBatch(histories, hidden, k) {
      const runs = historyRuns(histories).map((run) => ({ ...run, user: userOf(run.history) }));
      const ranked = runs.flatMap((run) =>
        Array.from({ length: run.end - run.start }, (_, i) => ({ run, place: run.start + i }))
          .filter(({ place }) => !isFollowed(run, hidden, place))
      );
      const lists: Ranked[] = [];
      scorer.rank(
        ranked.map(({ run }) => run.user),
        ranked.map(({ place }) => hidden[place]),
        k,
      ).forEach((list, i) => lists[ranked[i].place] = list);
      for (const { user, ...run } of runs) {
        for (let i = run.end - 1; i >= run.start; i--) {
          lists[i] ??= withHidden(
            lists[i + 1],
            { hidden: hidden[i + 1], k, itemCount },
            (items) => scorer.scoreSome(user, items),
          );
        }
      }
      return lists;
    },
    rankAndScore(histories, hidden, k) {
      const users = histories.map(userOf);
      return scorer.rank(users, hidden, k).map((best, i) => ({
        best,
        hiddenScores: scorer.scoreSome(users[i], hidden[i]),
      }));
    },
  };
}
