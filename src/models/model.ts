import type { RatingMode } from "../interactions/event_weights.ts";
import type { History } from "../interactions/history.ts";
import type { Interactions } from "../interactions/interactions.ts";
import type { Progress } from "../base/progress.ts";
import type { Tensors } from "../linalg/tensor.ts";
import type { Declarations, SearchSpace } from "./options/declarations.ts";
import type { ChosenOptions } from "./options/saved_options.ts";
import type { Scorer } from "./scoring/scorer.ts";

/** The parts of a score, which sum to it. */
export interface Explanation {
  /** The part that doesn't depend on the history. */
  readonly base: number;
  /** The contribution of each event of the history, in the history's order. */
  readonly events: Float32Array;
}

/** A part of a score that is a multiple of another model's. */
export interface ScoreTerm {
  readonly model: Model;
  readonly factor: number;
  readonly constant: number;
}

/** A fitted model. */
export interface Model extends Scorer {
  /**
   * Present if scores are predicted ratings, so that RMSE and MAE are meaningful: how the ratings
   * that the model was fitted to combine the weights of several events, which is their scale.
   */
  readonly predictsRatings?: RatingMode;
  /**
   * Whether a history's scores are the sum over its events, so that omitting the oldest event
   * removes exactly its part. Default false.
   */
  readonly additive?: boolean;
  /**
   * Splits the scores of some different items into exact parts; present if the model isn't additive
   * but its scores are sums of terms that each belong to an event.
   */
  explain?(history: History, items: Uint32Array): Explanation[];
  /**
   * The terms whose sum a history's scores are, each factor · score + constant; present if the
   * model combines others linearly. The factors are those of this history alone.
   */
  terms?(history: History): readonly ScoreTerm[];
  /**
   * One vector per item, row-major; similar items have similar directions. Absent if the model has
   * none.
   */
  readonly itemVectors?: { readonly data: Float32Array; readonly width: number };
  /** What the model derived from the data for options that were auto. Default nothing. */
  readonly chosen?: ChosenOptions;
  /**
   * Options that the fit found on events that it held out. A fit to more of the same events takes
   * less time with them. Absent if nothing was tuned; not saved.
   */
  readonly tuned?: object;
  /** Everything that {@linkcode Algorithm.fromTensors} needs to restore the model. */
  toTensors(): Tensors;
}

/** A method of fitting models to interactions; `defineAlgorithm` creates one. */
export interface Algorithm<Options extends object = object> {
  /** Short and unique: its name in commands, artifacts and the API. */
  readonly name: string;
  /** One line that helps to choose between models. */
  readonly description: string;
  /** What each option means, what it may be, and which values are worth trying. */
  readonly options: Declarations;
  /** The default of every option. */
  readonly defaults: Readonly<Options>;
  /** The values worth trying, for tuning; options that it doesn't name keep their default. */
  readonly searchSpace: SearchSpace;
  /**
   * Names of the algorithms whose models fitting leaves for others to use, see `fitted_before.ts`.
   * Default none.
   */
  fitsBesides?(options: object): readonly string[];
  /** Whether fits tune options on held-out events, see {@linkcode Model.tuned}. Default false. */
  readonly tunesOptions?: boolean;
  /**
   * Fits a model.
   *
   * @param options Those omitted take their value from {@linkcode Algorithm.defaults}.
   * @throws {InputError} If the training data is empty, or an option breaks its rule.
   */
  fit(
    train: Interactions,
    options?: Partial<Options>,
    progress?: Progress,
  ): Model | Promise<Model>;
  /**
   * Restores a model from what its {@linkcode Model.toTensors} returned, without copying the
   * tensors.
   *
   * @throws {TypeError} If a tensor is missing or has another type.
   * @throws {InputError} If the model needs kernels that the runtime can't run.
   */
  fromTensors(tensors: Tensors): Model;
}
