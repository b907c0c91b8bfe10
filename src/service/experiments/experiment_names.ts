import type { Placements } from "../placements/definition/placements.ts";
import type { ExperimentNames } from "./check_experiments.ts";

/** The strategies that have a model to choose. */
const WITH_MODEL: readonly string[] = ["personal", "similar"];

/**
 * What experiments may name.
 *
 * @param models Those that lists can be requested from.
 */
export function experimentNames(
  models: readonly string[],
  placements: Placements,
): ExperimentNames {
  return {
    models,
    placements: placements.names,
    hasModel: (name) => WITH_MODEL.includes(placements.get(name)?.steps[0].strategy ?? ""),
  };
}
