import type { History } from "../interactions/history.ts";
import type { Interactions } from "../interactions/interactions.ts";
import type { Progress } from "../base/progress.ts";
import type { Ranked } from "../linalg/top_k.ts";
import type { Tensors } from "../linalg/tensor.ts";
import type { Declarations, SearchSpace } from "./options/declarations.ts";

/** Why an item has its score: the parts of the score, which sum to it. */
export interface Explanation {
  /** What the item has without regard to the history. */
  readonly base: number;
  /** What each event of the history adds, in the history's order. */
  readonly events: Float32Array;
}

/** Something that was fitted and can score every item for anybody's history. */
export interface Model {
  /** How many items it scores. */
  readonly itemCount: number;
  /**
   * Whether its scores are predicted ratings, on the scale of the weights it was fitted to, so that RMSE and
   * MAE mean something.
   */
  readonly predictsRatings?: boolean;
  /**
   * Writes the score of every item, higher meaning better, given what one user did. Scores are finite, also
   * for an empty history; items the model doesn't know are ignored.
   *
   * @param scores Overwritten; its length is {@linkcode Model.itemCount}.
   */
  score(history: History, scores: Float32Array): void;
  /** Several users at once, where the model can do that faster. Row-major, histories × items. */
  scoreBatch?(histories: readonly History[], scores: Float32Array): void;
  /**
   * The scores of a few items, in their order, where the model can do without scoring all: the same as among all.
   *
   * @param items Numbers below {@linkcode Model.itemCount}.
   */
  scoreSome?(history: History, items: Uint32Array): Float32Array;
  /**
   * The best items of several users, best first, where the model can find them without scoring all: exactly those
   * that scoring all and taking the best gives, with the same scores.
   *
   * @param hidden For each history, items to leave out, in any order; those the model doesn't know are ignored.
   * @param k At least 1.
   */
  rankBatch?(
    histories: readonly History[],
    hidden: readonly Uint32Array[],
    k: number,
  ): Ranked[];
  /**
   * Whether a history's scores are the sum over its events, so that leaving out the oldest takes away exactly
   * its part. Default false.
   */
  readonly additive?: boolean;
  /**
   * Takes the scores of a few items apart, exactly, where the model isn't additive but still linear in what the
   * user did.
   */
  explain?(history: History, items: Uint32Array): Explanation[];
  /** A vector for each item, row-major, that puts alike items into alike directions; where the model has them. */
  readonly itemVectors?: { readonly data: Float32Array; readonly width: number };
  /** Everything that {@linkcode Algorithm.fromTensors} needs to make the same model again. */
  toTensors(): Tensors;
}

/** A way to make models from interactions; `defineAlgorithm` makes one. */
export interface Algorithm<Options extends object = object> {
  /** Short and unique: its name in commands, artifacts and the API. */
  readonly name: string;
  /** One line for people who choose between models. */
  readonly description: string;
  /** What each option means, what it may be, and which values are worth trying. */
  readonly options: Declarations;
  /** The default of every option. */
  readonly defaults: Readonly<Options>;
  /** The values worth trying, for tuning; options that it doesn't name keep their default. */
  readonly searchSpace: SearchSpace;
  /**
   * Fits a model.
   *
   * @param options Those omitted take their value from {@linkcode Algorithm.defaults}.
   * @throws {InputError} If there is nothing to learn from, or an option breaks its rule.
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
   */
  fromTensors(tensors: Tensors): Model;
}
