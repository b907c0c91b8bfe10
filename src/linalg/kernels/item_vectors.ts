import type { Ranked, ScoredItems } from "../top_k.ts";

/** Items as vectors, scored by their products with a user's vector. */
export interface ItemVectors {
  /** Length of a vector. */
  readonly factors: number;
  /** Row-major, items × factors. */
  readonly itemFactors: Float32Array;
  /** Added to an item's score for every user; default 0. */
  readonly offsets?: Float32Array;
}

/** A user as a vector. */
export interface UserVector {
  /** Rounded to single precision before use. */
  readonly vector: ArrayLike<number>;
  /** Added to every score; default 0. */
  readonly constant?: number;
}

/** Scores items by the products of their vectors with a user's vector. */
export interface ItemScorer {
  /**
   * Writes the score of every item, Σ_f x_f·y_f + offset + constant, in single precision and summed
   * from left to right, so it is the same to the last bit on every machine.
   */
  score(user: UserVector, scores: Float32Array): void;
  /** The scores of some items, in their order, equal to those that `score` writes. */
  scoreSome(user: UserVector, items: Uint32Array): Float32Array;
  /**
   * Each user's top k items: the same items, scores and order as scoring all items and taking the
   * top k.
   *
   * @param hidden For each user, the items to omit, in any order; may repeat.
   * @param k At least 1.
   * @throws {RangeError} If `k` is not a positive whole number.
   */
  rank(users: readonly UserVector[], hidden: readonly Uint32Array[], k: number): Ranked[];
  /** One user's scores, computed as far as they are needed; valid until the next call. */
  lazily(user: UserVector): LazyScores;
}

/** The least and the largest of several scores. */
export interface ScoreRange {
  readonly least: number;
  readonly largest: number;
}

/** Scores whose range is known without all of them. */
export interface RangedScores {
  /** The least and the largest score. */
  range(): ScoreRange;
  /** What no score can be less or more than; takes less time than the range. */
  bounds(): ScoreRange;
}

/** The scores of one user. All equal those that {@linkcode ItemScorer.score} writes. */
export interface LazyScores extends RangedScores {
  /** The items with the longest vectors, which score high more often than others. */
  readonly longest: Uint32Array;
  /** The scores of some items, in their order. */
  some(items: Uint32Array): Float32Array;
  /**
   * The items with addend + factor · score ≥ threshold, computed in single precision, in any order,
   * and their scores.
   *
   * @param options `addends`: one per item; `-Infinity` omits an item. `touched`: lists of all
   *   items whose addends are above 0, which may repeat; with them it takes less time. Default any
   *   may be. `factor`: at least 0.
   */
  above(options: {
    addends: Float32Array;
    touched?: readonly Uint32Array[];
    factor: number;
    threshold: number;
  }): ScoredItems;
}
