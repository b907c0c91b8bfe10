import { InputError } from "../base/input_error.ts";
import { sum } from "../base/statistics.ts";
import { shareOf } from "./share_of.ts";

/** One of the ways that an experiment compares. */
export interface Arm {
  readonly name: string;
  /** Its part of the experiment's units, above 0; the shares of all arms sum to 1. */
  readonly share: number;
}

/** Who takes part in an experiment. */
export interface Traffic {
  /**
   * Experiments of one layer never have the same unit; those of different layers are independent of
   * each other.
   */
  readonly layer: string;
  /** The part of the layer's units that take part: from `from`, 0 to 1, on … */
  readonly from: number;
  /** … this share of all. Raising it only adds units (a ramp). */
  readonly share: number;
}

/** An experiment's units and arms. */
export interface Assignment<Of extends Arm = Arm> {
  readonly name: string;
  readonly traffic: Traffic;
  readonly arms: readonly Of[];
}

/** More than the rounding errors of a few shares. */
const ROUNDING = 1e-9;

/**
 * The arm of a unit, the same at every call; undefined if it doesn't take part.
 *
 * Who takes part is decided by the layer's name, the arm by the experiment's, so that units of an
 * arm are spread over all arms of other layers (overlapping experiments: Tang, Agarwal, O'Brien and
 * Meyer 2010).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = {
 *   name: "home",
 *   traffic: { layer: "lists", from: 0, share: 1 },
 *   arms: [{ name: "popularity", share: 0.5 }, { name: "blend", share: 0.5 }],
 * };
 * assertEquals(armOf("ann", experiment)?.name, armOf("ann", experiment)?.name);
 * const nobody = { ...experiment, traffic: { layer: "lists", from: 0, share: 0 } };
 * assertEquals(armOf("ann", nobody), undefined);
 * ```
 */
export function armOf<Of extends Arm>(
  unit: string,
  { name, traffic, arms }: Assignment<Of>,
): Of | undefined {
  const place = placeOf(unit, traffic);
  if (place < traffic.from || place >= traffic.from + traffic.share) return undefined;
  let rest = shareOf(unit, { salt: `experiment ${name}` });
  for (const arm of arms) {
    rest -= arm.share;
    if (rest < 0) return arm;
  }
  return arms.at(-1);
}

/** Where a unit is among those of a layer, from 0 to 1. */
export function placeOf(unit: string, { layer }: Pick<Traffic, "layer">): number {
  return shareOf(unit, { salt: `layer ${layer}` });
}

/**
 * Checks that experiments have arms, that shares are in range, and that no layer gives a unit to
 * two experiments.
 *
 * @throws {InputError} Names the experiment, the rule and the value.
 */
export function checkAssignments(experiments: readonly Assignment[]): void {
  for (const { name, traffic, arms } of experiments) {
    const refuse = (rule: string) => {
      throw new InputError(`Experiment "${name}": ${rule}`);
    };
    if (arms.length < 2) refuse(`it must have at least two arms, got ${arms.length}`);
    const names = arms.map(({ name }) => name);
    const repeated = names.find((name, i) => names.indexOf(name) < i);
    if (repeated !== undefined) refuse(`arm "${repeated}" is there twice`);
    const bad = arms.find(({ share }) => !(share > 0));
    if (bad) refuse(`the share of arm "${bad.name}" must be above 0, got ${bad.share}`);
    const total = sum(arms.map(({ share }) => share));
    if (!(Math.abs(total - 1) < ROUNDING)) {
      refuse(`the shares of its arms must sum to 1, got ${total}`);
    }
    const { from, share } = traffic;
    if (!(from >= 0 && share >= 0 && from + share <= 1 + ROUNDING)) {
      refuse(`its traffic must lie between 0 and 1, got ${share} from ${from} on`);
    }
  }
  const byPlace = experiments.toSorted((a, b) => a.traffic.from - b.traffic.from);
  byPlace.forEach((second, i) => {
    const first = byPlace.slice(0, i).find(({ traffic: { layer, from, share } }) =>
      layer === second.traffic.layer && from + share > second.traffic.from + ROUNDING
    );
    if (!first || second.traffic.share === 0) return;
    const end = first.traffic.from + first.traffic.share;
    const rule = end < 1 - ROUNDING
      ? `the "from" of "${second.name}" must be ${Number(end.toFixed(9))} or more, ` +
        `got ${second.traffic.from}`
      : `"${first.name}" has all of it from ${first.traffic.from} on; lower its share, or stop it`;
    throw new InputError(
      `Experiments "${first.name}" and "${second.name}" share traffic of layer ` +
        `"${second.traffic.layer}": ${rule}`,
    );
  });
}
