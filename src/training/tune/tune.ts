import { InputError } from "../../base/input_error.ts";
import { historyOf, type Interactions } from "../../interactions/interactions.ts";
import { type Protocol, protocolFor } from "../../evaluation/holdout.ts";
import { splitByTime } from "../../interactions/split.ts";
import type { Algorithm } from "../../models/model.ts";
import type { SearchSpace } from "../../models/options/declarations.ts";
import { svd } from "../../models/svd.ts";
import type { CompareOptions } from "../compare_models.ts";
import type { JobData } from "../jobs/job_data.ts";
import { modelOptions } from "../jobs/model_options.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Candidate, planRungs, type Rung } from "./halving.ts";
import { type Journal, journalPath, openJournal, otherJournals } from "./journal.ts";
import { optionsToJson } from "./options_json.ts";
import { type SearchControl, searchOptions, type SearchResult } from "./search_options.ts";
import { chooseCombinations, type TrialOptions } from "./search_space.ts";
import { type TrialFigures, type TrialOutcome, TUNE_METRICS, type TuneMetric } from "./trial.ts";
import { activeUsers, sampleUsers, trialDataOf } from "./trial_data.ts";

/** How {@linkcode tune} searches. */
export interface TuneOptions extends CompareOptions {
  /** The file of the tuned options; the journal of the trials is beside it. */
  tunedFile: string;
  /** The metric to optimize. Default `"ndcg"`. */
  metric?: TuneMetric;
  /** The values to try, and no others. Default: those that the model declares, and around. */
  space?: SearchSpace;
  /** Maximum number of combinations to try; if there are more, a random sample. Default 32. */
  trials?: number;
  /** Folds of the training ratings for cross-validated RMSE; `svd` only. Default none. */
  folds?: number;
  /** Number of trials that run in parallel. It affects only the time. Default 2. */
  workers?: number;
  /**
   * The time by `performance.now()` at which the search ends with the best so far. Default when it
   * is done.
   */
  until?: number;
  /**
   * Smallest sample of users for halving, counting only users who can be measured; with `Infinity`
   * every combination is measured on all users. Default 500.
   */
  minUsers?: number;
  /** Whether to discard the trials of an earlier run of the same search. Default false. */
  restart?: boolean;
}

/** Watches a search, and can stop it. */
export interface TuneWatcher extends Pick<SearchControl, "signal" | "progress" | "onTrial"> {
  /** Called once, before the first trial. */
  onStart?(plan: SearchPlan): void;
}

/** What a search is going to do. */
export interface SearchPlan {
  /** What is predicted of the validation window. */
  readonly protocol: Protocol;
  readonly rungs: readonly Rung[];
  readonly journal: Journal;
  /** Other journals of the model in the folder, of other data or settings; they aren't touched. */
  readonly others: readonly string[];
}

/** The result of a search. */
export interface Tuning extends SearchResult {
  readonly rungs: readonly Rung[];
  /** Absent if no trial ended in time. */
  readonly best?: { readonly options: TrialOptions; readonly figures: TrialFigures };
  /** The figures of the model's defaults, if they were measured on the same users as the best. */
  readonly baseline?: TrialFigures;
}

/**
 * Searches for a model's best options on the validation window, fitted to what came before it; the
 * test window is never used. Successive halving spends little time on bad options (see {@linkcode
 * planRungs}), then the search goes on from the best (see {@linkcode searchOptions}); trials run in
 * workers that share the data. Every finished trial is written to a journal, so that the same call
 * resumes where an earlier one was stopped. The model's defaults are in every round, so the best is
 * never worse than they are.
 *
 * @param algorithm A registered one: workers find it by name.
 * @throws {InputError} If there is nothing to try or no user to measure, the model doesn't have the
 * metric, or all trials failed.
 */
export async function tune(
  interactions: Interactions,
  algorithm: Algorithm,
  options: TuneOptions,
  watcher: TuneWatcher = {},
): Promise<Tuning> {
  const { metric = "ndcg", minUsers = 500, seed = 1, workers, until } = options;
  const { onStart, ...control } = watcher;
  const space = spaceFor(algorithm, options);
  const fixed = modelOptions(algorithm, options);
  const combinations = chooseCombinations(space, fixed, options);
  const split = splitByTime(interactions, options);
  const { trainAndValidation: past, validationStart: cut } = split;
  const { protocol = protocolFor({ past: split.train, window: split.validation }) } = options;
  const full = trialDataOf(past, cut, { ...options, protocol });
  const users = activeUsers(past).length;
  const share = requireMeasurable(algorithm.name, full) / users;
  const rungs = planRungs({ trials: combinations.length, users, minUsers: minUsers / share });

  using journal = await openSearchJournal(past, algorithm, { ...options, cut, protocol });
  onStart?.({ protocol, rungs, journal, others: await otherJournals(journal.path) });
  const { candidates, untried } = await searchOptions({
    ...{ algorithm, combinations, rungs, journal, metric, fixed },
    ...(options.space === undefined && { around: space }),
    measure: measureOptions(options),
    dataOf: (rung) =>
      rung.users === users
        ? full
        : trialDataOf(sampleUsers(past, { users: rung.users, seed }), cut, {
          ...options,
          protocol,
        }),
  }, { workers, until, ...control });
  return { rungs, candidates, untried, ...bestOf(algorithm.name, candidates) };
}

function spaceFor(algorithm: Algorithm, options: TuneOptions): SearchSpace {
  const { name } = algorithm;
  const { metric, space = declaredSpace(algorithm, metric), folds } = options;
  if (Object.keys(space).length === 0) {
    throw new InputError(
      `Cannot tune ${name}: it declares no values worth trying; name some with --grid FILE`,
    );
  }
  if (metric === "rmse" && "rating" in space) {
    throw new InputError(
      `Cannot tune ${name} by rmse: option "rating" must be fixed, it changes what is predicted`,
    );
  }
  if (folds !== undefined && name !== svd.name) {
    throw new InputError(
      `Cannot cross-validate ratings of ${name}: only ${svd.name} can; omit --folds`,
    );
  }
  return space;
}

/**
 * What the model declares, without options that change nothing in lists of new products, which are
 * measured; for RMSE without the rating mode, as errors of different modes can't be compared.
 */
function declaredSpace({ searchSpace, options }: Algorithm, metric?: TuneMetric): SearchSpace {
  return Object.fromEntries(
    Object.entries(searchSpace).filter(([name]) =>
      !options[name].onlyOwn && (metric !== "rmse" || name !== "rating")
    ),
  );
}

/** The number of users with a history before the cut and new items after it. */
function requireMeasurable(model: string, { history, truth }: JobData): number {
  const measurable = activeUsers(history).filter((user) => {
    const known = new Set(historyOf(history, user).items);
    return historyOf(truth, user).items.some((item) => !known.has(item));
  });
  if (measurable.length > 0) return measurable.length;
  throw new InputError(
    `Cannot tune ${model}: no user has both a history and new products in the validation window; ` +
      "use more events, a longer window (--validation-days) or --evaluate next-item",
  );
}

/** The fingerprint covers what figures depend on, but not how the search runs. */
async function openSearchJournal(
  past: Interactions,
  algorithm: Algorithm,
  { cut, protocol, tunedFile, restart, windowDays, halfLifeDays, ...options }:
    & TuneOptions
    & { cut: number; protocol: Protocol },
): Promise<Journal> {
  const { name } = algorithm;
  const settings = {
    ...{ name, cut, windowDays, halfLifeDays, figures: TUNE_METRICS },
    // Without it for the protocol that was the only one once: its journals are resumed.
    ...(protocol !== "window" && { protocol }),
    defaults: modelOptions(algorithm, options),
    measure: measureOptions(options),
  };
  const fingerprint = fingerprintOf(past, settings);
  return await openJournal(journalPath(tunedFile, name, fingerprint), fingerprint, { restart });
}

function measureOptions(
  { k, maxUsers, seed, rating, folds, values, propensityPower }: Omit<TuneOptions, "tunedFile">,
) {
  return {
    ...{ k, maxUsers, seed, rating, folds },
    // Without those that aren't given: journals from before they existed are resumed.
    ...(values && { values }),
    ...(propensityPower !== undefined && { propensityPower }),
  };
}

/**
 * The best combination, and the defaults if they were measured on the same users.
 *
 * @throws {InputError} If all failed.
 */
function bestOf(
  model: string,
  candidates: readonly Candidate<TrialOptions, TrialOutcome>[],
): Pick<Tuning, "best" | "baseline"> {
  const [best] = candidates;
  if (best === undefined) return {};
  if ("error" in best.outcome) {
    throw new InputError(
      `Cannot tune ${model}: all trials failed, the first with ` +
        `${JSON.stringify(optionsToJson(best.options))}: ${best.outcome.error}`,
    );
  }
  const baseline = candidates.find(({ number, rung }) => number === 0 && rung === best.rung);
  return {
    best: { options: best.options, figures: best.outcome.figures },
    ...(baseline && "figures" in baseline.outcome && { baseline: baseline.outcome.figures }),
  };
}
