import type { Progress } from "../../base/progress.ts";
import type { Rung } from "./halving.ts";
import type { Journal, TrialKey } from "./journal.ts";
import { createPace } from "./pace.ts";
import type { TrialOptions } from "./search_space.ts";
import { type TrialOutcome, trialOutcome } from "./trial.ts";
import type { Algorithm } from "../../models/model.ts";
import type { JobData } from "../jobs/job_data.ts";
import type { MeasureOptions } from "../jobs/job_runner.ts";
import type { JobPool, LoadedJobs } from "../jobs/pool.ts";

/** Runs the trials that aren't in the journal yet. */
export interface TrialRunner extends Disposable {
  /**
   * Tries options on a round's sample; `undefined` if there is no time left for it. A round must
   * not start before the one before has ended.
   *
   * @param until The time by `performance.now()` at which it must have ended: if it would take
   *   longer, it isn't started.
   */
  run(options: TrialOptions, rung: number, until: number): Promise<TrialOutcome | undefined>;
  /** How many trials there was no time for. */
  readonly untried: number;
}

/** What {@linkcode createRunner} measures, and what it calls. */
export interface RunnerOptions {
  algorithm: Algorithm;
  /** The options that trials share; those of a trial take precedence. */
  fixed: object;
  measure: MeasureOptions;
  /** How many trials run at a time. */
  workers: number;
  /** When it aborts, no more trials run; it stops the pool as well. */
  signal?: AbortSignal;
  /** Called once, before the first trial that isn't in the journal. */
  startPool(): JobPool;
  /** Called once per round with such a trial. */
  dataOf(rung: Rung): JobData;
  onTrial?(trial: TrialKey, outcome: TrialOutcome): void;
  progress?: Progress;
}

/** Makes a runner of trials that writes their outcomes to a journal. */
export function createRunner(
  journal: Journal,
  rungs: readonly Rung[],
  { algorithm, fixed, measure, workers, signal, startPool, ...options }: RunnerOptions,
): TrialRunner {
  const { dataOf, onTrial, progress } = options;
  const work = createWorkMeter(rungs, progress);
  const pace = createPace();
  const slots = createSlots(workers);
  let untried = 0;
  let pool: JobPool | undefined;
  let loaded: { readonly rung: number; readonly jobs: LoadedJobs } | undefined;

  function jobsOf(rung: number): LoadedJobs {
    if (loaded?.rung === rung) return loaded.jobs;
    loaded?.jobs[Symbol.dispose]();
    pool ??= startPool();
    loaded = { rung, jobs: pool.load(dataOf(rungs[rung]), measure) };
    return loaded.jobs;
  }

  async function runTrial(trial: TrialKey, rung: number): Promise<TrialOutcome> {
    const progress = work.begin(trial.users);
    const options = { ...fixed, ...trial.options };
    const outcome = trialOutcome(await jobsOf(rung).measure(algorithm, options, progress));
    progress(1);
    journal.add(trial, outcome);
    // Before the next trial starts, which it tells the time of.
    keepPace(trial, outcome);
    return outcome;
  }

  function keepPace(trial: TrialKey, outcome: TrialOutcome): void {
    if ("figures" in outcome) pace.add(trial, outcome.seconds);
  }

  async function runInTime(
    trial: TrialKey,
    { rung, until }: { rung: number; until: number },
  ): Promise<TrialOutcome | undefined> {
    const isTimeUp = performance.now() + 1000 * pace.secondsOf(trial) > until;
    if (isTimeUp || signal?.aborted) return undefined;
    try {
      return await runTrial(trial, rung);
    } catch (error) {
      if (signal?.aborted) return undefined;
      throw error;
    }
  }
  return {
    get untried() {
      return untried;
    },
    async run(options, rung, until) {
      const trial = { options, users: rungs[rung].users };
      const known = journal.outcomeOf(trial);
      const outcome = known ?? await slots.run(() => runInTime(trial, { rung, until }));
      if (known || !outcome) work.skip(trial.users);
      if (!outcome) {
        untried++;
        return undefined;
      }
      if (known) keepPace(trial, known);
      onTrial?.(trial, outcome);
      return outcome;
    },
    [Symbol.dispose]: () => pool?.[Symbol.dispose](),
  };
}

/** Lets a few tasks run at a time, in the order in which they were requested. */
function createSlots(count: number) {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    async run<Result>(task: () => Promise<Result>): Promise<Result> {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}

/**
 * Sums the progress of all trials; the work of a trial is proportional to the users of its sample.
 */
function createWorkMeter(rungs: readonly Rung[], progress: Progress = () => {}) {
  let total = rungs.reduce((sum, { trials, users }) => sum + trials * users, 0);
  let done = 0;
  return {
    skip(users: number): void {
      total -= users;
    },
    begin(users: number): Progress {
      let reported = 0;
      return (share) => {
        done += (share - reported) * users;
        reported = share;
        progress(Math.min(1, done / Math.max(done, total)));
      };
    },
  };
}
