import type { Experiment, Experiments } from "../store/entries/shop_rules.ts";
import { checkExperiments, type ExperimentNames } from "./check_experiments.ts";
import { ExperimentMeasures } from "./experiment_measures.ts";
import type { ExperimentsFile } from "./read_experiments.ts";
import { type Assignment, RunningExperiments } from "./running_experiments.ts";

/** Where experiments come from. */
export interface ExperimentsSource {
  readonly file: ExperimentsFile;
  /** What experiments may name now. */
  readonly names: ExperimentNames;
  /** Those that the shop put, as far as they are known: another map after each change. */
  stored(): Experiments;
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** For how long measures are reused, in milliseconds. Default 60,000; tests set 0. */
  readonly measuresAgeMs?: number;
}

/** A shop's experiments: those of the file, and those that were put. */
export class ShopExperiments {
  readonly names: ExperimentNames;
  readonly holdout: number;
  /** Those of the file by name. */
  readonly ofFile: Experiments;
  /** What was measured lately. */
  readonly measures: ExperimentMeasures;
  readonly #source: ExperimentsSource;
  #stored: Experiments | undefined;
  #running = new RunningExperiments(new Map());

  constructor(source: ExperimentsSource) {
    const { file: { experiments, holdout }, names, measuresAgeMs } = source;
    this.names = names;
    this.holdout = holdout;
    this.ofFile = new Map(Object.entries(experiments));
    this.measures = new ExperimentMeasures(measuresAgeMs);
    this.#source = source;
  }

  /** All experiments by name. */
  get all(): Experiments {
    return new Map([...this.ofFile, ...this.#source.stored()]);
  }

  /**
   * An experiment with others: what is wrong, one sentence each.
   *
   * @param experiment Takes the place of one of its name.
   */
  faultsWith(name: string, experiment: Experiment): string[] {
    const others = [...this.all].filter(([other]) => other !== name);
    const isOwn = (fault: string) => fault.includes(`"${name}"`);
    return checkExperiments(new Map([...others, [name, experiment]]), this.names).filter(isOwn);
  }

  /** Why an experiment doesn't run, though its time has come; empty if it does. */
  faultsOf(name: string): string[] {
    const experiment = this.all.get(name);
    return experiment ? this.faultsWith(name, experiment) : [];
  }

  /**
   * A user's arm for a list. Experiments that name what there isn't any more don't run.
   *
   * @param placement The placement that was asked for; undefined for a list without one.
   */
  assign(userId: string, placement: string | undefined): Assignment {
    const stored = this.#source.stored();
    if (stored !== this.#stored) {
      this.#stored = stored;
      const right = [...this.all].filter(([name]) => this.faultsOf(name).length === 0);
      this.#running = new RunningExperiments(new Map(right), { holdout: this.holdout });
    }
    return this.#running.assign(userId, { placement }, this.#source.now());
  }
}
