import { MS_PER_DAY } from "../../base/time.ts";
import { armOf, placeOf } from "../../experiments/assign.ts";
import { shareOf } from "../../experiments/share_of.ts";
import { HOLDOUT } from "../schema/experiments.ts";
import type { Experiment, Experiments } from "../store/entries/shop_rules.ts";

/** The salt of the hash that decides who never takes part. */
const HOLDOUT_SALT = "holdout";

/** The layer of experiments on lists without a placement. */
const LISTS = "lists";

/** An experiment's arm for a user. */
export interface Assigned {
  readonly experiment: string;
  /** The arm's name; {@linkcode HOLDOUT} for those who never take part. */
  readonly arm: string;
  /** The model that the arm has in place of the usual one. */
  readonly model?: string;
  /** The placement that the arm has in place of the one that was asked for. */
  readonly placement?: string;
}

/** What holds for a user's list now. */
export interface Assignment {
  /** Absent if the list is in no experiment. */
  readonly assigned?: Assigned;
  /** Until when; milliseconds since 1970-01-01 UTC. */
  readonly until: number;
}

/** The layer of an experiment: by default the placement that it is about. */
export function layerOf({ layer, placement = LISTS }: Experiment): string {
  return layer ?? placement;
}

/** Decides who gets which arm of which experiment. */
export class RunningExperiments {
  readonly #holdout: number;
  readonly #byPlacement: ReadonlyMap<
    string | undefined,
    readonly (readonly [string, Experiment])[]
  >;

  /**
   * @param experiments By name, checked.
   * @param options `holdout`: the share of users who never take part. Default 0.
   */
  constructor(experiments: Experiments, { holdout = 0 }: { holdout?: number } = {}) {
    this.#holdout = holdout;
    this.#byPlacement = Map.groupBy(experiments, ([, { placement }]) => placement);
  }

  /**
   * A user's arm for a list.
   *
   * @param list `placement`: the placement that was asked for; undefined for a list without one.
   * @param now Milliseconds since 1970-01-01 UTC.
   */
  assign(
    userId: string,
    { placement }: { readonly placement: string | undefined },
    now: number,
  ): Assignment {
    let until = Infinity;
    for (const [name, experiment] of this.#byPlacement.get(placement) ?? []) {
      const { start, stop } = spanOf(userId, experiment);
      if (now < start) until = Math.min(until, start);
      if (now < start || now >= stop) continue;
      const arm = wholeArmOf(userId, name, experiment);
      if (!arm) continue;
      const isHeldOut = shareOf(userId, { salt: HOLDOUT_SALT }) < this.#holdout;
      const { name: armName, share: _, ...served } = isHeldOut ? { name: HOLDOUT, share: 0 } : arm;
      return {
        assigned: { experiment: name, arm: armName, ...served },
        until: Math.min(until, stop),
      };
    }
    return { until };
  }
}

/** The arm of a user who takes part once the ramp has ended. */
function wholeArmOf(userId: string, name: string, experiment: Experiment) {
  const { from, share, arms } = experiment;
  return armOf(userId, { name, traffic: { layer: layerOf(experiment), from, share }, arms });
}

/** When a user takes part, if they do once the ramp has ended: later the higher their number. */
function spanOf(userId: string, experiment: Experiment): { start: number; stop: number } {
  const { start = -Infinity, stop = Infinity, rampDays, from, share } = experiment;
  if (rampDays === 0 || share === 0) return { start, stop };
  const place = placeOf(userId, { layer: layerOf(experiment) });
  const isIn = place >= from && place < from + share;
  if (!isIn) return { start: Infinity, stop };
  return { start: start + rampDays * MS_PER_DAY * (place - from) / share, stop };
}
