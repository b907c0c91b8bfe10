import type { Progress } from "../../base/progress.ts";
import type { Algorithm } from "../../models/model.ts";
import type { SearchSpace } from "../../models/options/declarations.ts";
import type { JobData } from "../jobs/job_data.ts";
import type { MeasureOptions } from "../jobs/job_runner.ts";
import { createWorkerPool } from "../jobs/worker_pool.ts";
import { climb } from "./climb.ts";
import { type Candidate, halve, type Rung } from "./halving.ts";
import type { Journal, TrialKey } from "./journal.ts";
import { neighboursOf } from "./neighbours.ts";
import { createRunner } from "./runner.ts";
import type { TrialOptions } from "./search_space.ts";
import { lossOf, requireMetric, type TrialOutcome, type TuneMetric } from "./trial.ts";

/** A model, the values to try, and the data to try them on. */
export interface SearchTask {
  algorithm: Algorithm;
  /** The first ones tried; the first of all is what the others have to beat. */
  combinations: readonly TrialOptions[];
  /** The values among which the search goes on from the best, and beyond. Default none. */
  around?: SearchSpace;
  rungs: readonly Rung[];
  journal: Journal;
  metric: TuneMetric;
  /** The options that trials share; those of a trial take precedence. */
  fixed: object;
  measure: MeasureOptions;
  /** A round's sample. */
  dataOf(rung: Rung): JobData;
}

/** How long a search runs, and who watches. */
export interface SearchControl {
  /** Number of trials that run in parallel. Default 2. */
  workers?: number;
  /** The time by `performance.now()` at which the search ends. Default when it is done. */
  until?: number;
  /** When it aborts, trials stop at once, and what was found so far is the result. */
  signal?: AbortSignal;
  progress?: Progress;
  /** Called for every finished trial, including those from the journal. */
  onTrial?(trial: TrialKey, outcome: TrialOutcome): void;
}

/** What a search found. */
export interface SearchResult {
  /** Every combination tried, in the last round that it was in; the best first. */
  readonly candidates: readonly Candidate<TrialOptions, TrialOutcome>[];
  /** Number of planned trials for which there was no time; 0 if the search is done. */
  readonly untried: number;
}

/**
 * Searches for a model's best options: successive halving over samples of users, then from the best
 * found to its neighbours, on all users, as long as one is better (see `halving.ts`, `climb.ts`).
 * Each round has its share of the time, but its first two trials may take that of those after it;
 * if there is none left even for them, the search goes on with the sample of the round before.
 * The result is determined by the task unless time ends the search.
 *
 * @throws {InputError} If the model doesn't have the metric.
 */
export async function searchOptions(
  { algorithm, combinations, around = {}, rungs, journal, metric, ...task }: SearchTask,
  { workers = 2, until = Infinity, signal, ...watcher }: SearchControl = {},
): Promise<SearchResult> {
  const stop = new AbortController();
  const timer = Number.isFinite(until)
    ? setTimeout(() => stop.abort(), Math.max(0, until - performance.now()))
    : undefined;
  const stopped = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
  using runner = createRunner(journal, rungs, {
    ...{ algorithm, workers, signal: stopped, ...task, ...watcher },
    startPool: () => createWorkerPool({ workers, signal: stopped }),
  });
  const endOf = stageEnds(rungs.length + 1, { from: performance.now(), until });
  const measureUntil = (endOf: (rung: number) => number) => ({
    async measure(trial: TrialOptions, rung: number, leads: boolean) {
      const outcome = await runner.run(trial, rung, leads ? until : endOf(rung));
      if (outcome && "figures" in outcome) {
        requireMetric(algorithm.name, outcome.figures, metric);
      }
      return outcome;
    },
    loss: (outcome: TrialOutcome) => "figures" in outcome ? lossOf(outcome.figures, metric) : NaN,
  });
  try {
    const halved = await halve(combinations, rungs, { ...measureUntil(endOf), keep: 0 });
    const candidates = await climb(halved, {
      ...measureUntil(() => until),
      neighbours: (options) => neighboursOf(options, around, { beyond: algorithm.options }),
    });
    return { candidates, untried: runner.untried };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * When each of some stages ends that share the time equally; what one doesn't need goes to those
 * after it. So every round is reached, and the way on from the best as well.
 *
 * @returns A function of the stage, from 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const endOf = stageEnds(4, { from: 100, until: 300 });
 * assertEquals([endOf(0), endOf(3)], [150, 300]);
 * ```
 */
export function stageEnds(
  stages: number,
  { from, until }: { from: number; until: number },
): (stage: number) => number {
  return (stage) => from + (until - from) * (stage + 1) / stages;
}
