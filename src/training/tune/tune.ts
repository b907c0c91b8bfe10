import { InputError } from "../../base/input_error.ts";
import { historyOf, type Interactions } from "../../interactions/interactions.ts";
import type { Progress } from "../../base/progress.ts";
import { splitByTime } from "../../interactions/split.ts";
import type { Algorithm } from "../../models/model.ts";
import { svd } from "../../models/svd.ts";
import type { CompareOptions } from "../compare_models.ts";
import { modelOptions } from "../jobs/model_options.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Candidate, halve, planRungs, type Rung } from "./halving.ts";
import { type Journal, journalPath, openJournal, otherJournals, type TrialKey } from "./journal.ts";
import type { TrialOutcome } from "./pool.ts";
import { optionsToJson } from "./options_json.ts";
import { createTrialPool } from "./pool.ts";
import { createRunner } from "./runner.ts";
import {
  chooseCombinations,
  type SearchSpace,
  searchSpaceOf,
  type TrialOptions,
} from "./search_space.ts";
import { figureOf, lossOf, type TrialFigures, type TuneMetric } from "../jobs/trial.ts";
import { activeUsers, sampleUsers, type TrialData, trialDataOf } from "../jobs/trial_data.ts";

/** How {@linkcode tune} searches. */
export interface TuneOptions extends CompareOptions {
  /** The file of the tuned options; the journal of the trials lies beside it. */
  tunedFile: string;
  /** What decides. Default `"ndcg"`. */
  metric?: TuneMetric;
  /** The values to try. Default: what the model declares. */
  space?: SearchSpace;
  /** At most how many combinations to try; of more, so many are drawn at random. Default 32. */
  trials?: number;
  /** Into how many folds to deal the training ratings for cross-validated RMSE; `svd` only. Default none. */
  folds?: number;
  /** How many trials run side by side. It changes nothing but the time. Default 2. */
  workers?: number;
  /**
   * The smallest sample that halving measures anything on, in users who can be measured; with `Infinity` every
   * combination is measured on all users. Default 500.
   */
  minUsers?: number;
  /** Whether to forget the trials of an earlier run of the same search. Default false. */
  restart?: boolean;
}

/** Somebody who watches a search, and can stop it. */
export interface TuneWatcher {
  /** When it aborts, the workers stop and {@linkcode tune} rejects with its reason. */
  signal?: AbortSignal;
  progress?: Progress;
  /** Told once, before the first trial. */
  onStart?(plan: SearchPlan): void;
  /** Told of every trial that has ended, those that the journal knew among them. */
  onTrial?(trial: TrialKey, outcome: TrialOutcome): void;
}

/** What a search is about to do. */
export interface SearchPlan {
  readonly rungs: readonly Rung[];
  readonly journal: Journal;
  /** Journals of the same model beside it that are of other data or settings, and are left alone. */
  readonly others: readonly string[];
}

/** What came of a search. */
export interface Tuning {
  readonly rungs: readonly Rung[];
  /** Every combination with what it gave in the last round that it took part in; the best first. */
  readonly candidates: readonly Candidate<TrialOptions, TrialOutcome>[];
  readonly best: { readonly options: TrialOptions; readonly figures: TrialFigures };
}

/**
 * Searches for the options with which a model does best on the validation window, fitted to what lies before
 * it; the test window is never looked at. Successive halving spends little on what does badly (see
 * {@linkcode planRungs}); trials run in workers that share the data. Every trial that ends is kept in a
 * journal, so that the same call goes on where an earlier one was stopped.
 *
 * @param algorithm One of the registered models: workers find it by its name.
 * @throws {InputError} If there is nothing to try or nobody to measure, the metric can't be had of the model,
 * or the trials failed.
 */
export async function tune(
  interactions: Interactions,
  algorithm: Algorithm,
  options: TuneOptions,
  watcher: TuneWatcher = {},
): Promise<Tuning> {
  const { metric = "ndcg", minUsers = 500, seed = 1, workers } = options;
  const { signal } = watcher;
  const combinations = combinationsFor(algorithm, options);
  const { trainAndValidation: past, validationStart: cut } = splitByTime(interactions, options);
  const full = trialDataOf(past, cut, options);
  const users = activeUsers(past).length;
  const share = requireMeasurable(algorithm.name, full) / users;
  const rungs = planRungs({ trials: combinations.length, users, minUsers: minUsers / share });

  using journal = await openSearchJournal(past, algorithm, { cut, ...options });
  watcher.onStart?.({ rungs, journal, others: await otherJournals(journal.path) });
  using runner = createRunner(journal, rungs, {
    ...watcher,
    startPool: () => createTrialPool(algorithm.name, measureOptions(options), { workers, signal }),
    dataOf: (rung) =>
      rung.users === users
        ? full
        : trialDataOf(sampleUsers(past, { users: rung.users, seed }), cut, options),
  });
  const candidates = await halve(combinations, rungs, {
    async measure(trial, rung) {
      const outcome = await runner.run(trial, rung);
      if ("figures" in outcome) requireMetric(algorithm.name, outcome.figures, metric);
      return outcome;
    },
    loss: (outcome) => "figures" in outcome ? lossOf(outcome.figures, metric) : NaN,
  });
  return { rungs, candidates, best: requireBest(algorithm.name, candidates) };
}

function combinationsFor(algorithm: Algorithm, options: TuneOptions): TrialOptions[] {
  const { name, defaults } = algorithm;
  const { metric, space = declaredSpace(algorithm, metric), folds } = options;
  if (Object.keys(space).length === 0) {
    throw new InputError(
      `Cannot tune ${name}: it declares no values worth trying; name some with --grid FILE`,
    );
  }
  if (metric === "rmse" && "rating" in space) {
    throw new InputError(
      `Cannot tune ${name} by rmse: option "rating" must stay the same, it changes what is predicted`,
    );
  }
  if (folds !== undefined && name !== svd.name) {
    throw new InputError(
      `Cannot cross-validate ratings of ${name}: only ${svd.name} can; leave --folds out`,
    );
  }
  return chooseCombinations(space, defaults, options);
}

/** What the model declares; for RMSE without the rating mode, between whose values errors can't be compared. */
function declaredSpace(algorithm: Algorithm, metric?: TuneMetric): SearchSpace {
  const { rating: _, ...others } = searchSpaceOf(algorithm);
  return metric === "rmse" ? others : searchSpaceOf(algorithm);
}

/** How many users have a history before the cut and find something new after it. */
function requireMeasurable(model: string, { history, truth }: TrialData): number {
  const measurable = activeUsers(history).filter((user) => {
    const known = new Set(historyOf(history, user).items);
    return historyOf(truth, user).items.some((item) => !known.has(item));
  });
  if (measurable.length > 0) return measurable.length;
  throw new InputError(
    `Cannot tune ${model}: nobody has both a history and new products in the validation window; ` +
      "give more events or a longer window (--validation-days)",
  );
}

/** What figures depend on goes into the fingerprint; what only says how to search for them does not. */
async function openSearchJournal(
  past: Interactions,
  algorithm: Algorithm,
  { cut, tunedFile, restart, windowDays, halfLifeDays, ...options }: TuneOptions & { cut: number },
): Promise<Journal> {
  const { name } = algorithm;
  const settings = {
    ...{ name, cut, windowDays, halfLifeDays },
    defaults: modelOptions(algorithm, options),
    measure: measureOptions(options),
  };
  const fingerprint = fingerprintOf(past, settings);
  return await openJournal(journalPath(tunedFile, name, fingerprint), fingerprint, { restart });
}

function measureOptions({ k, maxUsers, seed, rating, folds }: Omit<TuneOptions, "tunedFile">) {
  return { k, maxUsers, seed, rating, folds };
}

function requireMetric(model: string, figures: TrialFigures, metric: TuneMetric): void {
  if (figures.users === 0 || !Number.isNaN(figureOf(figures, metric))) return;
  throw new InputError(
    `Cannot tune ${model} by ${metric}: it predicts no ratings; choose another metric`,
  );
}

function requireBest(
  model: string,
  [{ options, outcome }]: readonly Candidate<TrialOptions, TrialOutcome>[],
): Tuning["best"] {
  if ("figures" in outcome) return { options, figures: outcome.figures };
  throw new InputError(
    `Cannot tune ${model}: no trial succeeded, neither the first, with ` +
      `${JSON.stringify(optionsToJson(options))}: ${outcome.error}`,
  );
}
