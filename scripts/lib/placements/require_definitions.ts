import { algorithms } from "../../../src/models/mod.ts";
import { experimentNames } from "../../../src/service/experiments/experiment_names.ts";
import { readExperiments } from "../../../src/service/experiments/read_experiments.ts";
import { NO_PLACEMENTS } from "../../../src/service/placements/definition/placements.ts";
import { readPlacements } from "../../../src/service/placements/definition/read_placements.ts";

/** The files that a service is started with. */
export interface DefinitionFiles {
  /** Default none. */
  readonly placements?: string;
  /** Default none. */
  readonly experiments?: string;
}

/**
 * Checks, before a training, the files that the service will read after it: all but the products,
 * brands and categories that they name, which aren't known yet.
 *
 * @throws {InputError} If one can't be read or is wrong; says all that is wrong with it.
 */
export async function requireDefinitions(
  { placements: file, experiments }: DefinitionFiles,
): Promise<void> {
  const models = algorithms.map(({ name }) => name);
  const placements = file === undefined ? NO_PLACEMENTS : await readPlacements(file, { models });
  if (experiments !== undefined) {
    await readExperiments(experiments, experimentNames(models, placements));
  }
}
