import type { z } from "zod";
import { readSettingsFile } from "../placements/definition/read_placements.ts";
import { experimentsFile } from "../schema/experiments.ts";
import type { Immutable } from "../schema/immutable.ts";
import { checkExperiments, type ExperimentNames } from "./check_experiments.ts";

/** What a file of experiments says. */
export type ExperimentsFile = Immutable<z.output<typeof experimentsFile>>;

/** No file: no experiments. */
export const NO_EXPERIMENTS: ExperimentsFile = { holdout: 0, experiments: {} };

/**
 * Reads a file of experiments and checks it.
 *
 * @throws {InputError} If it can't be read, isn't JSON, breaks a rule, or names something that
 *   there isn't; says all that is wrong.
 */
export function readExperiments(path: string, names: ExperimentNames): Promise<ExperimentsFile> {
  return readSettingsFile(path, {
    ...{ noun: "experiments", setting: "EXPERIMENTS", rule: experimentsFile },
    check: ({ experiments }) => checkExperiments(new Map(Object.entries(experiments)), names),
  });
}
