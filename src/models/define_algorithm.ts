import type { Progress } from "../base/progress.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { releaseSpaces } from "../linalg/kernels/space.ts";
import type { Algorithm, Model } from "./model.ts";
import {
  type Declarations,
  defaultsOf,
  type OptionsOf,
  searchSpaceOf,
} from "./options/declarations.ts";
import { resolveOptions } from "./options/resolve_options.ts";
import { readChosen, saveChosen } from "./options/saved_options.ts";
import { requireEvents } from "./options/require_events.ts";

/** What sets one algorithm apart from the others. */
export interface AlgorithmDefinition<Declared extends Declarations>
  extends Pick<Algorithm, "name" | "description" | "fitsBesides" | "tunesOptions" | "fromTensors"> {
  readonly options: Declared;
  /**
   * What fitting takes from users whose events are elsewhere. `sums`: all it needs, from
   * `statisticsOf()`. `sample`: nothing; it is fitted to the sample of users that is here, since
   * what it keeps is about items.
   */
  readonly fitsFrom: "sums" | "sample";
  /**
   * Fits a model to at least one event.
   *
   * @param train Weights are finite and at least 0.
   * @param options Complete and within their rules.
   */
  fit(
    train: Interactions,
    options: OptionsOf<Declared>,
    progress?: Progress,
  ): Model | Promise<Model>;
}

/**
 * Creates an algorithm from its definition: derives everything that the declared options determine,
 * and checks options and events before fitting.
 */
export function defineAlgorithm<Declared extends Declarations>(
  { name, description, options: declared, fitsBesides, tunesOptions, fitsFrom, fit, fromTensors }:
    AlgorithmDefinition<Declared>,
): Algorithm<OptionsOf<Declared>> {
  return {
    name,
    description,
    options: declared,
    defaults: defaultsOf(declared),
    searchSpace: searchSpaceOf(declared),
    fit(train, given, progress) {
      const finish = (model: Model) => {
        releaseSpaces();
        return saveWithChosen(declared, model);
      };
      const options = resolveOptions(name, declared, given);
      requireEvents(name, train);
      releaseSpaces();
      const model = fit(fitsFrom === "sums" ? train : sampleAlone(train), options, progress);
      return model instanceof Promise ? model.then(finish) : finish(model);
    },
    ...(fitsBesides && { fitsBesides }),
    ...(tunesOptions && { tunesOptions }),
    fromTensors(tensors) {
      const chosen = readChosen(declared, tensors);
      return saveWithChosen(declared, { ...fromTensors(tensors), chosen });
    },
  };
}

/** Without the sums over the users elsewhere, which have no counterpart in the sample. */
function sampleAlone(train: Interactions): Interactions {
  const { statistics, ...sample } = train;
  return statistics ? sample : train;
}

/** Makes a model save what it chose, besides what it learned. */
function saveWithChosen(declared: Declarations, model: Model): Model {
  const { chosen = {} } = model;
  return {
    ...model,
    toTensors: () => ({ ...model.toTensors(), ...saveChosen(declared, chosen) }),
  };
}
