import type { Ranked } from "../top_k.ts";

/** Items as vectors, to be multiplied by users'. */
export interface ItemVectors {
  /** Length of a vector. */
  readonly factors: number;
  /** Row-major, items × factors. */
  readonly itemFactors: Float32Array;
  /** Added to every user's score of an item; default 0. */
  readonly offsets?: Float32Array;
}

/** A user as a vector. */
export interface UserVector {
  /** Rounded to single precision before it is used. */
  readonly vector: ArrayLike<number>;
  /** Added to every score; default 0. */
  readonly constant?: number;
}

/** Scores items as the product of their vector with a user's. */
export interface ItemScorer {
  /**
   * Writes the score of every item, Σ_f x_f·y_f + offset + constant, in single precision and from left to right,
   * so that it is the same to the last bit on every machine.
   */
  score(user: UserVector, scores: Float32Array): void;
  /** The scores of a few items, in their order: the same as among all. */
  scoreSome(user: UserVector, items: Uint32Array): Float32Array;
  /**
   * Finds each user's best items: exactly those that scoring all and taking the top k gives, with the same scores
   * and in the same order.
   *
   * @param hidden For each user, items to leave out, in any order.
   * @param k At least 1.
   */
  rank(users: readonly UserVector[], hidden: readonly Uint32Array[], k: number): Ranked[];
}
