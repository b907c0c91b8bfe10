import { InputError } from "../../../../src/base/input_error.ts";
import type { Progress } from "../../../../src/base/progress.ts";
import type { Interactions } from "../../../../src/interactions/interactions.ts";
import type { Algorithm, Model } from "../../../../src/models/model.ts";
import { climb } from "../../../../src/training/tune/climb.ts";
import { halve, planRungs } from "../../../../src/training/tune/halving.ts";
import { neighboursOf } from "../../../../src/training/tune/neighbours.ts";
import { stageEnds } from "../../../../src/training/tune/search_options.ts";
import {
  chooseCombinations,
  type TrialOptions,
} from "../../../../src/training/tune/search_space.ts";
import { activeUsers, sampleUsers } from "../../../../src/training/tune/trial_data.ts";
import { stopwatch } from "../stopwatch.ts";
import { searchableOptions } from "./variants.ts";

/** What to fit to, and how well a model fitted to it ranks what was held out. */
export interface SearchTask {
  readonly train: Interactions;
  /** The NDCG of its lists, from 0 to 1. */
  readonly ndcg: (model: Model) => number;
}

/** How {@linkcode searchLikeTune} searches. */
export interface TuneSearchOptions {
  /** Those that all trials share. Default none. */
  fixed?: object;
  /** Options that make no difference on the data. Default none. */
  withoutEffect?: ReadonlySet<string>;
  /** How long, in minutes of this process's CPU time, which other programs don't take away. */
  minutes: number;
  /** Determines which options are tried, and on which users. */
  seed: number;
}

/** The best options found. */
export interface TuneSearchResult {
  /** Only those searched. */
  readonly options: TrialOptions;
  /** Their NDCG with all users, or with the largest sample reached in time. */
  readonly ndcg: number;
  /** Number of fits. */
  readonly trials: number;
}

/** The smallest sample of users, as `deno task tune` has it. */
const MIN_USERS = 500;

/**
 * Searches for a model's options as `deno task tune` does: among the values that it declares, by
 * successive halving over samples of the training data's users, then around the best, in any case
 * until time is up. Tune measures the users it fits to; here all questions are asked of each model.
 *
 * @returns `undefined` if the model declares nothing to search.
 * @throws {InputError} If the model's defaults can't be fitted to the data.
 */
export async function searchLikeTune(
  algorithm: Algorithm,
  { train, ndcg }: SearchTask,
  { fixed = {}, withoutEffect = new Set(), minutes, seed }: TuneSearchOptions,
  progress: Progress = () => {},
): Promise<TuneSearchResult | undefined> {
  const { space } = searchableOptions(algorithm, withoutEffect);
  if (Object.keys(space).length === 0) return undefined;
  const combinations = chooseCombinations(space, { ...algorithm.defaults, ...fixed }, { seed });
  const users = activeUsers(train).length;
  const rungs = planRungs({ trials: combinations.length, users, minUsers: MIN_USERS });
  const elapsed = stopwatch();
  const minutesUsed = () => elapsed().cpu_seconds / 60;
  const endOf = stageEnds(rungs.length + 1, { from: 0, until: minutes });
  let trials = 0, sample = { rung: -1, users: train };
  const sampleOf = (rung: number) => {
    if (sample.rung !== rung) {
      sample = { rung, users: sampleUsers(train, { users: rungs[rung].users, seed }) };
    }
    return sample.users;
  };
  const inOrder = oneAtATime();
  const measureUntil =
    (end: (rung: number) => number) => (tried: TrialOptions, rung: number, leads: boolean) =>
      inOrder(async () => {
        // The defaults are measured whatever the time.
        if (trials > 0 && minutesUsed() > (leads ? minutes : end(rung))) return undefined;
        trials++;
        progress(Math.min(1, minutesUsed() / minutes));
        try {
          return ndcg(await algorithm.fit(sampleOf(rung), { ...fixed, ...tried }));
        } catch (error) {
          // Not all values suit all data: a model may have fewer users than factors.
          if (!(error instanceof InputError) || trials === 1) throw error;
          return NaN;
        }
      });
  const loss = (ndcg: number) => -ndcg;
  const halved = await halve(combinations, rungs, { measure: measureUntil(endOf), loss, keep: 0 });
  const [best] = await climb(halved, {
    measure: measureUntil(() => endOf(rungs.length)),
    loss,
    neighbours: (options) => neighboursOf(options, space, { beyond: algorithm.options }),
  });
  return { options: best.options, ndcg: best.outcome, trials };
}

/** Runs tasks one after another, in the order in which they were requested. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(task: () => Promise<Result>): Promise<Result> => {
    const next = last.then(task);
    last = next;
    return next;
  };
}
