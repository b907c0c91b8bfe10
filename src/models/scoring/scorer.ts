import type { History } from "../../interactions/history.ts";
import type { LazyScores, RangedScores } from "../../linalg/kernels/item_vectors.ts";
import type { SparseScores } from "../../linalg/sparse/sparse_scores.ts";
import type { Ranked } from "../../linalg/top_k.ts";

/** The scores of a history, of which some can be read without the others. */
export interface ScoresOnDemand extends RangedScores {
  /** The scores of some items, in their order. */
  some(items: Uint32Array): Float32Array;
  /** All scores. */
  all(): SparseScores;
}

/** Scores items for any history, a known user's or a visitor's, which is all that lists need. */
export interface Scorer {
  /** Number of items it scores. */
  readonly itemCount: number;
  /**
   * The score of an item about which a history says nothing. Items that score no more aren't
   * recommended; other products take their places. Default: every score is a recommendation.
   */
  readonly noSignal?: number;
  /**
   * Writes the score of every item for a user's history, higher meaning better. Scores are finite,
   * also for an empty history; items of the history that the model doesn't know are ignored.
   *
   * @param scores Overwritten; its length is {@linkcode Scorer.itemCount}.
   */
  score(history: History, scores: Float32Array): void;
  /**
   * The scores of some items, in their order, equal to those that {@linkcode Scorer.score} writes;
   * present if the model doesn't need to score all items for it.
   *
   * @param items Numbers below {@linkcode Scorer.itemCount}.
   */
  scoreSome?(history: History, items: Uint32Array): Float32Array;
  /**
   * The scores that {@linkcode Scorer.score} writes, as views that the next call overwrites.
   * Present if no score is below 0, most are 0, and the model only looks at the others.
   */
  scoreSparse?(history: History): SparseScores;
  /**
   * The scores that {@linkcode Scorer.scoreSparse} returns, valid until the next call of either.
   * Present if their bounds, and single scores, take less time than all of them.
   */
  scoreOnDemand?(history: History): ScoresOnDemand;
  /**
   * The scores that {@linkcode Scorer.score} writes, computed as far as they are needed; valid
   * until the next call. Present if bounds on scores are cheaper than scores.
   */
  scoreLazily?(history: History): LazyScores;
  /**
   * The top k items of several users, best first: the same items, scores and order as scoring all
   * items and taking the top k. Present if the model doesn't need to score all items for it.
   *
   * @param histories Where the same one follows itself, it may be scored only once.
   * @param hidden For each history, the items to omit, in any order; may repeat. Those that the
   *   model doesn't know are ignored.
   * @param k At least 1.
   */
  rankBatch?(
    histories: readonly History[],
    hidden: readonly Uint32Array[],
    k: number,
  ): Ranked[];
  /**
   * The lists of {@linkcode Scorer.rankBatch}, and the scores of the items that they omit; takes
   * little longer where these are few. Present with it, unless scores don't depend on a history.
   *
   * @param hidden Numbers below {@linkcode Scorer.itemCount}.
   */
  rankAndScore?(
    histories: readonly History[],
    hidden: readonly Uint32Array[],
    k: number,
  ): RankedAndScored[];
}

/** The best items of a history, and the scores of those that weren't asked for. */
export interface RankedAndScored {
  readonly best: Ranked;
  /** In the order of the hidden items. */
  readonly hiddenScores: Float32Array;
}
