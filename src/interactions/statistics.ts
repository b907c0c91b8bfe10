import type { Progress } from "../base/progress.ts";
import type { Csr } from "../linalg/sparse/csr.ts";
import type { RatingMode } from "./event_weights.ts";
import type { Sessions } from "./session_events.ts";

/** How items can be compared; `itemKnn` has the formulas. */
export const SIMILARITIES = ["conditional", "cosine", "jaccard", "tfidf", "bm25"] as const;

/** One of {@linkcode SIMILARITIES}. */
export type Similarity = typeof SIMILARITIES[number];

/** How two items are compared; the options of `itemKnn`. */
export interface ComparisonOptions {
  readonly similarity: Similarity;
  /** Maximum number of similar items kept per item. */
  readonly neighbors: number;
  readonly shrinkage: number;
  readonly userPower: number;
  readonly popularityPower: number;
}

/** What {@linkcode Statistics.similarItems} compares by. */
export interface SimilarityOptions extends ComparisonOptions {
  readonly pairHalfLifeDays: number;
  readonly rating: RatingMode;
}

/** How many users knew each item. */
export interface Familiarity {
  /** For each item, the number of users with an event on it. */
  readonly usersOfItem: Uint32Array;
  /** Number of users with any event. */
  readonly activeUsers: number;
}

/** How often items have the same users. */
export interface CoRatings {
  /**
   * `ratings`: a matrix A of users × items with AᵀA = G. `gram`: G itself. Both have the same right
   * singular vectors.
   */
  readonly kind: "ratings" | "gram";
  /** Of a Gram matrix too large for memory, the entries of the most popular items alone. */
  readonly matrix: Csr;
  /** Number of users, with or without events. */
  readonly users: number;
  /** The item of each column. */
  readonly items: Uint32Array;
}

/** What {@linkcode Statistics.coRatings} are made of. */
export interface CoRatingOptions {
  readonly rating: RatingMode;
  /** Damping of active users: each counts n^−userPower, n being the items rated. Default 0. */
  readonly userPower?: number;
  /**
   * Maximum number of items, those with the largest sums of ratings, which come first; items
   * without a rating are omitted. Default: all, in the order of their numbers.
   */
  readonly mostPopular?: number;
}

/** Which rules to make of pairs of events in a session, for `sequentialRules`. */
export interface NextItemsOptions {
  /** The largest distance, in events, from an item to one that follows it. */
  readonly steps: number;
  /** How many rules are kept per item, those with the largest shares. */
  readonly neighbors: number;
  /** What is added to the total that an item's sums are divided by, at least 0. */
  readonly shrinkage: number;
}

/**
 * Sums over the events of all users. Many models are made from these alone, so wherever the events
 * are, only the sums have to come to this machine: `statisticsOf()` computes them from interactions
 * in memory, `clusterStatistics()` in SQL or from ratings that it brings here.
 */
export interface Statistics {
  /** Of every event, in seconds since 1970-01-01 UTC; ascending. */
  readonly times: Uint32Array;
  /** The sums over a period: from `from` (inclusive) to `to` (exclusive), in seconds. */
  within(span: { from?: number; to?: number }): Statistics;
  /** How many users knew each item. */
  familiarity(): Promise<Familiarity>;
  /** The counts that `popularity` ranks by, one per item. */
  popularity(options: { readonly halfLifeDays: number }): Promise<Float32Array>;
  /** In row i, the items that follow i within a session and their shares; `sequentialRules`. */
  nextItems(
    options: NextItemsOptions,
    progress?: Progress,
  ): Promise<Csr>;
  /** In row i, the items most similar to i; `itemKnn`. */
  similarItems(options: SimilarityOptions, progress?: Progress): Promise<Csr>;
  /** The similarity of each item to itself, by the same formula; 0 without users. `itemKnn`. */
  selfSimilarities(options: Omit<SimilarityOptions, "neighbors">): Promise<Float32Array>;
  /** G = Σ_u n_u^−userPower · x_uᵀ·x_u, x_u being the ratings of user u. */
  coRatings(options: CoRatingOptions, progress?: Progress): Promise<CoRatings>;
  /** All sessions, or the newest ones if there are too many to be brought here. */
  sessions(): Promise<Sessions>;
}
