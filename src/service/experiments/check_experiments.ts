import { InputError } from "../../base/input_error.ts";
import { nearestName } from "../../base/nearest_name.ts";
import { checkAssignments } from "../../experiments/assign.ts";
import type { Experiment, Experiments } from "../store/entries/shop_rules.ts";
import { layerOf } from "./running_experiments.ts";

/** What experiments may name. */
export interface ExperimentNames {
  readonly models: readonly string[];
  readonly placements: readonly string[];
  /** Whether a placement's own step has a model to choose. */
  hasModel(placement: string): boolean;
}

/**
 * Checks experiments: the shares of arms, that those on one placement share a layer, that no user
 * is in two of a layer at the same time, and every name.
 *
 * @returns What is wrong, one sentence each; empty if nothing is.
 */
export function checkExperiments(experiments: Experiments, names: ExperimentNames): string[] {
  const all = [...experiments];
  return [
    ...all.flatMap(([name, experiment]) => [
      ...faultOf([[name, experiment]]),
      ...unknownNames(name, experiment, names),
    ]),
    ...all.flatMap(([name, experiment], i) =>
      all.slice(0, i).flatMap(([other, another]) =>
        overlap(experiment, another)
          ? layerFault([other, another], [name, experiment]) ??
            faultOf([[other, another], [name, experiment]])
          : []
      )
    ),
  ];
}

type Named = readonly [name: string, experiment: Experiment];

/** Whether experiments run at the same time. */
function overlap(a: Experiment, b: Experiment): boolean {
  const { start = -Infinity, stop = Infinity } = a;
  const { start: otherStart = -Infinity, stop: otherStop = Infinity } = b;
  return start < otherStop && otherStart < stop;
}

/** What breaks the rules of assignment, if anything does and each of several is right by itself. */
function faultOf(experiments: readonly Named[]): string[] {
  const assignments = experiments.map(([name, experiment]) => {
    const { from, share, arms } = experiment;
    return { name, arms, traffic: { layer: layerOf(experiment), from, share } };
  });
  if (assignments.length > 1 && assignments.some((each) => refusalOf([each]))) return [];
  return refusalOf(assignments) ?? [];
}

function refusalOf(assignments: Parameters<typeof checkAssignments>[0]): [string] | undefined {
  try {
    checkAssignments(assignments);
  } catch (error) {
    if (error instanceof InputError) return [error.message];
    throw error;
  }
}

/** A list belongs to one experiment, so those on one placement must share its users. */
function layerFault([first, a]: Named, [second, b]: Named): [string] | undefined {
  if (a.placement !== b.placement || layerOf(a) === layerOf(b)) return undefined;
  return [
    `Experiments "${first}" and "${second}" are about the same lists, so they must have one ` +
    `layer, got "${layerOf(a)}" and "${layerOf(b)}"`,
  ];
}

function unknownNames(
  name: string,
  { placement, arms }: Experiment,
  { models, placements, hasModel }: ExperimentNames,
): string[] {
  const at = `Experiment "${name}"`;
  const lookUp = (kind: string, value: string | undefined, known: readonly string[]) =>
    value === undefined || known.includes(value) ? [] : [
      `${at}: there is no ${kind} "${value}"${suggestion(value, known)}`,
    ];
  return [
    ...lookUp("placement", placement, placements),
    ...arms.flatMap((arm) => [
      ...lookUp("model", arm.model, models),
      ...lookUp("placement", arm.placement, placements),
      ...(arm.model !== undefined && placement !== undefined && !hasModel(placement)
        ? [`${at}: arm "${arm.name}" can't have a model: placement "${placement}" has none`]
        : []),
    ]),
  ];
}

function suggestion(value: string, known: readonly string[]): string {
  const nearest = nearestName(value, known);
  if (nearest !== undefined) return `; did you mean ${nearest}?`;
  return known.length > 0 ? `; there are ${known.join(", ")}` : "; there are none";
}
