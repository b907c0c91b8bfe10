import { currentVersion, listVersions } from "../artifact/current.ts";
import { formatCounted } from "../base/format.ts";
import { InputError } from "../base/input_error.ts";
import type { NewEvents } from "./new_events.ts";
import {
  type Change,
  type Progress,
  readProgress,
  type Seen,
  writeProgress,
} from "./progress_file.ts";
import { watchClicks, type WatchOptions, type WatchSteps } from "./watch.ts";

/** What retraining has others do. Each step may be done again after a process was killed in it. */
export interface RetrainSteps extends WatchSteps {
  /** Finds what the latest training hasn't read. */
  findNew(seen: Seen | undefined): Promise<NewEvents>;
  /** Trains on all events and saves the artifact, which isn't current yet. */
  train(): Promise<Trained>;
  /** Makes a version current. */
  use(version: string): Promise<void>;
  /**
   * Makes the services serve the current version.
   *
   * @throws {InputError} If one of them can't.
   */
  reload(): Promise<void>;
  /** Removes old versions, but not the current one. */
  prune(): Promise<void>;
  log(line: string): void;
}

/** A saved artifact. */
export interface Trained {
  readonly version: string;
  /** Why its models couldn't be measured; absent if they were. */
  readonly unmeasured?: string;
}

/** How to retrain. */
export interface RetrainOptions extends WatchOptions {
  /** The folder of artifacts. */
  readonly directory: string;
  /** The fewest new collected events to train on, unless a file is new. */
  readonly leastEvents: number;
}

/** How a retraining ended. */
export interface Outcome {
  /**
   * `nothing new` to train on; `in service`: the candidate is served; `unmeasured`: it couldn't be
   * compared, so it isn't; `rolled back` to the version before; `superseded`: someone else changed
   * what is served, and that stays.
   */
  readonly kind: "nothing new" | "in service" | "unmeasured" | "rolled back" | "superseded";
  /** What happened, in a sentence. */
  readonly text: string;
}

/**
 * Retrains once: trains if there are new events, puts the candidate into service, watches how often
 * its lists are clicked, and puts the version before back if that is less beyond noise.
 *
 * What has happened is on disk before the next step begins, and each step can be done again: if the
 * process is killed, the next one trains again or goes on after the training. The caller has the
 * turn (`takeTurn()`).
 *
 * @throws {InputError} If training fails, the services can't go back to the version before, or the
 *   progress can't be read or written.
 */
export async function retrain(steps: RetrainSteps, options: RetrainOptions): Promise<Outcome> {
  const progress = await readProgress(options.directory);
  const retraining = new Retraining(steps, options, progress);
  return await retraining.begin() ?? await retraining.finish();
}

class Retraining {
  readonly #steps: RetrainSteps;
  readonly #options: RetrainOptions;
  #progress: Progress;

  constructor(steps: RetrainSteps, options: RetrainOptions, progress: Progress) {
    this.#steps = steps;
    this.#options = options;
    this.#progress = progress;
  }

  /** Trains, unless a candidate is on its way; returns an outcome if there is none then. */
  async begin(): Promise<Outcome | undefined> {
    const { change, seen: known } = this.#progress;
    if (change) {
      this.#steps.log(`Going on where the last run ended, with ${change.candidate}`);
      return undefined;
    }
    const { seen, files, collected } = await this.#steps.findNew(known);
    const found = `${formatCounted(files.length, "file")} and ` +
      `${formatCounted(collected, "collected event")} are new`;
    if (files.length === 0 && collected < this.#options.leastEvents) {
      return { kind: "nothing new", text: `Nothing to train on: ${found}` };
    }
    this.#steps.log(`Stage training: ${found}`);
    await this.#save({ started: this.#steps.now() });
    const before = await currentVersion(this.#options.directory);
    const { version: candidate, unmeasured } = await this.#steps.train();
    if (unmeasured !== undefined && before !== undefined) {
      await this.#save({ seen });
      return { kind: "unmeasured", text: `${before} is still served: ${unmeasured}` };
    }
    await this.#save({ change: { stage: "entering", candidate, before, seen } });
  }

  /** Brings the candidate into service, and out of it if need be. */
  async finish(): Promise<Outcome> {
    while (true) {
      const change = this.#progress.change!;
      const outcome = await this.#superseded(change) ?? await this.#goOn(change);
      if (outcome) return outcome;
    }
  }

  async #goOn(change: Change): Promise<Outcome | undefined> {
    this.#steps.log(`Stage ${change.stage}: ${change.candidate}`);
    switch (change.stage) {
      case "entering":
        return await this.#enter(change);
      case "watching":
        return await this.#watch(change);
      case "leaving":
        return await this.#leave(change);
    }
  }

  async #enter(change: Change & { stage: "entering" }): Promise<Outcome | undefined> {
    const { candidate, before, seen } = change;
    await this.#steps.use(candidate);
    if (before === undefined) {
      return await this.#end("in service", `${candidate} is the first version: start the service`);
    }
    try {
      await this.#steps.reload();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      await this.#leaveFor({ ...change, before }, error.message);
      return undefined;
    }
    const entered = this.#steps.now();
    await this.#save({ change: { stage: "watching", candidate, before, seen, entered } });
  }

  async #watch(change: Change & { stage: "watching" }): Promise<Outcome | undefined> {
    const verdict = await watchClicks(this.#steps, {
      ...this.#options,
      entered: change.entered,
      isCurrent: async () => await currentVersion(this.#options.directory) === change.candidate,
    });
    // Someone else may have changed what is served, which the next look finds.
    if (verdict === undefined) return undefined;
    if (verdict.isWorse) return await this.#leaveFor(change, verdict.text);
    return await this.#end("in service", `${change.candidate} is served: ${verdict.text}`);
  }

  async #leaveFor(
    { candidate, before, seen }: Change & { before: string },
    reason: string,
  ): Promise<undefined> {
    await this.#save({ change: { stage: "leaving", candidate, before, seen, reason } });
  }

  async #leave({ candidate, before, reason }: Change & { stage: "leaving" }): Promise<Outcome> {
    await this.#steps.use(before);
    await this.#steps.reload();
    const left = { version: candidate, time: this.#steps.now(), reason };
    return await this.#end("rolled back", `${before} is served again: ${reason}`, {
      rolledBack: [...this.#progress.rolledBack, left],
    });
  }

  /** The end if someone else has chosen what is served, or removed what would be. */
  async #superseded({ stage, candidate, before }: Change): Promise<Outcome | undefined> {
    const { directory } = this.#options;
    const [current, versions] = await Promise.all([
      currentVersion(directory),
      listVersions(directory),
    ]);
    const isExpected = current === candidate || (current === before && stage !== "watching");
    if (!isExpected) return await this.#end("superseded", `${current} was made current meanwhile`);
    const gone = [candidate, before].find((version) => version && !versions.includes(version));
    if (gone === undefined) return undefined;
    return await this.#end("superseded", `${current} stays current: ${gone} was removed meanwhile`);
  }

  async #end(
    kind: Outcome["kind"],
    text: string,
    changes: Partial<Progress> = {},
  ): Promise<Outcome> {
    await this.#steps.prune();
    await this.#save({ ...changes, seen: this.#progress.change?.seen, change: undefined });
    return { kind, text };
  }

  async #save(changes: Partial<Progress>): Promise<void> {
    this.#progress = { ...this.#progress, ...changes };
    await writeProgress(this.#options.directory, this.#progress);
  }
}
