import type { Progress } from "../../base/progress.ts";
import type { Rung } from "./halving.ts";
import type { Journal, TrialKey } from "./journal.ts";
import type { TrialOptions } from "./search_space.ts";
import { type TrialOutcome, trialOutcome } from "./trial.ts";
import type { Algorithm } from "../../models/model.ts";
import type { JobData } from "../jobs/job_data.ts";
import type { MeasureOptions } from "../jobs/job_runner.ts";
import type { JobPool, LoadedJobs } from "../jobs/pool.ts";

/** Runs the trials that aren't in the journal yet. */
export interface TrialRunner extends Disposable {
  /** Tries options on a round's sample. A round must not start before the one before has ended. */
  run(options: TrialOptions, rung: number): Promise<TrialOutcome>;
}

/** What {@linkcode createRunner} measures, and what it calls. */
export interface RunnerOptions {
  algorithm: Algorithm;
  /** The options that trials share; those of a trial take precedence. */
  fixed: object;
  measure: MeasureOptions;
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
  { algorithm, fixed, measure, startPool, dataOf, onTrial, progress }: RunnerOptions,
): TrialRunner {
  const work = createWorkMeter(rungs, progress);
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
    return outcome;
  }
  return {
    async run(options, rung) {
      const trial = { options, users: rungs[rung].users };
      const known = journal.outcomeOf(trial);
      if (known) work.skip(trial.users);
      const outcome = known ?? await runTrial(trial, rung);
      onTrial?.(trial, outcome);
      return outcome;
    },
    [Symbol.dispose]: () => pool?.[Symbol.dispose](),
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
        progress(Math.min(1, done / total));
      };
    },
  };
}
