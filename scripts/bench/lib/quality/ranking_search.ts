import type { Progress } from "../../../../src/base/progress.ts";
import type { Holdout } from "../../../../src/evaluation/holdout.ts";
import type { Interactions } from "../../../../src/interactions/interactions.ts";
import { createRandom, shuffle } from "../../../../src/linalg/random.ts";
import type { Algorithm } from "../../../../src/models/model.ts";
import type { SearchSpace } from "../../../../src/models/options/declarations.ts";
import { planRungs } from "../../../../src/training/tune/halving.ts";
import { memoryJournal } from "../../../../src/training/tune/journal.ts";
import { searchOptions } from "../../../../src/training/tune/search_options.ts";
import {
  chooseCombinations,
  type TrialOptions,
} from "../../../../src/training/tune/search_space.ts";
import { activeUsers, pickUsers } from "../../../../src/training/tune/trial_data.ts";

/** How {@linkcode searchLikeTune} searches. */
export interface RankingSearchOptions {
  /** Those that all trials share. */
  fixed: object;
  /** How long, in minutes. */
  minutes: number;
  /** Length of the lists whose NDCG decides. */
  k: number;
  /** At most this many users are measured. */
  maxUsers: number;
  seed: number;
}

/** The smallest sample of users, as `deno task tune` has it. */
const MIN_USERS = 500;

/** Times and weights are all equal here, so options about them would be tried in vain. */
const OF_TIMES_AND_WEIGHTS = /HalfLifeDays$|^rating$/;

/**
 * Searches for a model's options as `deno task tune` does: among the values that it declares, by
 * successive halving over samples of users, then around the best.
 *
 * @returns The best options, with the fixed ones.
 */
export async function searchLikeTune(
  algorithm: Algorithm,
  holdout: Holdout,
  { fixed, minutes, k, maxUsers, seed }: RankingSearchOptions,
  progress: Progress = () => {},
): Promise<object> {
  const space: SearchSpace = Object.fromEntries(
    Object.entries(algorithm.searchSpace).filter(([name]) => !OF_TIMES_AND_WEIGHTS.test(name)),
  );
  if (Object.keys(space).length === 0) return fixed;
  const all = { ...algorithm.defaults, ...fixed };
  const combinations = chooseCombinations(space, all, { seed });
  const active = activeUsers(holdout.history);
  const rungs = planRungs({
    trials: combinations.length,
    users: active.length,
    minUsers: MIN_USERS,
  });
  const { candidates: [best] } = await searchOptions({
    ...{ algorithm, combinations, rungs, fixed: all, around: space, metric: "ndcg" },
    journal: memoryJournal(),
    measure: { k, maxUsers, seed },
    dataOf: ({ users }) => {
      if (users >= active.length) return jobData(holdout);
      const sample = shuffle(active.slice(), createRandom(seed)).slice(0, users).sort();
      const pick = (part: Interactions) => pickUsers(part, sample);
      return jobData({ history: pick(holdout.history), truth: pick(holdout.truth) });
    },
  }, { workers: 1, until: performance.now() + 60_000 * minutes, progress });
  return { ...fixed, ...(best?.options satisfies TrialOptions | undefined) };
}

function jobData({ history, truth }: Holdout) {
  return { history, truth, fittedTo: history };
}
