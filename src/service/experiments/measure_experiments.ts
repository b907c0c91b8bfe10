import { MS_PER_DAY } from "../../base/time.ts";
import { ArmSums } from "../../experiments/report/arm_sums.ts";
import {
  type ExperimentPlan,
  type ExperimentReport,
  planExperiment,
  reportExperiment,
} from "../../experiments/report/report.ts";
import { userFigures } from "../../experiments/report/user_figures.ts";
import {
  type ReadingOptions,
  readUserExposures,
  type UserExposures,
} from "../exposures/exposures_with_outcomes.ts";
import { HOLDOUT } from "../schema/experiments.ts";
import type { EventStore } from "../store/event_store.ts";
import type { Experiment, Experiments } from "../store/entries/shop_rules.ts";

/** What an experiment found so far. */
export interface MeasuredExperiment {
  readonly report: ExperimentReport;
  /** Users who were in several arms, since they were merged; they are in no arm's figures. */
  readonly mixedUsers: number;
  /** What it can find; absent once it has users, or if its lists were never shown. */
  readonly plan?: ExperimentPlan;
}

/** For how many days an experiment is planned unless it has an end. */
const PLANNED_DAYS = 14;

/**
 * Measures experiments, all in one pass over everyone who was shown a list. It reads the whole
 * store: about 14 seconds of processor time per million events and lists in Deno KV.
 *
 * @param options `now`: milliseconds since 1970-01-01 UTC.
 */
export async function measureExperiments(
  store: EventStore,
  experiments: Experiments,
  { now, ...reading }: ReadingOptions & { readonly now: number },
): Promise<Map<string, MeasuredExperiment>> {
  const counted = Array.from(
    experiments,
    ([name, experiment]) => new Counted(name, experiment, now),
  );
  for await (const user of readUserExposures(store, reading)) {
    for (const each of counted) each.add(user);
  }
  return new Map(counted.map((each) => [each.name, each.result()]));
}

/** An experiment while users are counted. */
class Counted {
  readonly name: string;
  readonly #experiment: Experiment;
  readonly #arms: ReadonlyMap<string, ArmSums>;
  readonly #before = new ArmSums();
  readonly #plannedFrom: number;
  #mixedUsers = 0;

  constructor(name: string, experiment: Experiment, now: number) {
    this.name = name;
    this.#experiment = experiment;
    const { arms, start = now, stop = start + PLANNED_DAYS * MS_PER_DAY } = experiment;
    this.#arms = new Map([...arms.map(({ name }) => name), HOLDOUT].map((arm) => [
      arm,
      new ArmSums(),
    ]));
    this.#plannedFrom = now - (stop - start);
  }

  add({ lists, events }: UserExposures): void {
    const { start = -Infinity, stop = Infinity, placement } = this.#experiment;
    const own = lists.filter(({ exposure: { experiment, at } }) =>
      experiment === this.name && at >= start
    );
    const names = new Set(own.map(({ exposure: { arm } }) => arm));
    if (names.size > 1) this.#mixedUsers++;
    else if (names.size === 1) {
      const [arm = ""] = names;
      this.#arms.get(arm)?.add(userFigures(own, events, { until: stop }));
    }
    const recent = lists.filter(({ exposure }) =>
      exposure.placement === placement && exposure.at >= this.#plannedFrom
    );
    if (recent.length > 0) this.#before.add(userFigures(recent, events));
  }

  result(): MeasuredExperiment {
    const { arms, share } = this.#experiment;
    const measured = arms.map(({ name, share }) => ({ name, share, sums: this.#arms.get(name)! }));
    const heldOut = this.#arms.get(HOLDOUT)!;
    const all = heldOut.users > 0 ? [...measured, { name: HOLDOUT, sums: heldOut }] : measured;
    const isBegun = all.some(({ sums }) => sums.users > 0);
    const smallest = Math.min(...arms.map(({ share }) => share));
    return {
      report: reportExperiment(all),
      mixedUsers: this.#mixedUsers,
      ...(!isBegun && this.#before.users > 0 && {
        plan: planExperiment(this.#before, { share, arm: smallest, arms: arms.length }),
      }),
    };
  }
}
