import { discount, idealGain } from "../linalg/discounted_gain.ts";

/** A ranked list, what the user went on to do, and what one pass over the list found. */
export interface ScannedList {
  /** Item numbers, best first; only the first `k` count. */
  readonly ranked: Uint32Array;
  readonly relevant: ReadonlySet<number>;
  readonly k: number;
  /** The most hits that a list of `k` can have: min(k, relevant). */
  readonly possible: number;
  /** Number of relevant items among the first `k`. */
  readonly hits: number;
  /** Rank of the first hit, from 1; 0 without one. */
  readonly firstHit: number;
  /** Sum of the hits' discounts. */
  readonly gain: number;
  /** Sum of the precision at each hit. */
  readonly precisions: number;
}

/** How tables and the report present a figure. */
export interface FigureText {
  /** In the report. */
  readonly title: string;
  /** In the terminal. */
  readonly heading: string;
  /** For readers of the report, in a sentence or two. */
  readonly meaning: string;
  /** Decimals in the terminal. */
  readonly digits: number;
  /** Which of two models the figure favours; absent if neither. */
  readonly better?: "higher" | "lower";
}

/** A metric of one list: a share from 0 to 1, averaged over users. */
export interface ListMetricDefinition extends FigureText {
  /** Position in tables, from 1. */
  readonly column: number;
  readonly compute: (list: ScannedList) => number;
}

/**
 * The metrics of ranked lists, in the order in which files store them. Gains are binary, the
 * discount is 1 / log₂(rank + 1) (Järvelin and Kekäläinen 2002). Types, the tally, intervals, the
 * artifact's schema, tables and the report's glossary come from here.
 */
export const LIST_METRICS = {
  // Divided by k even if the list is shorter.
  precision: {
    title: "Precision",
    heading: "prec.",
    column: 3,
    digits: 4,
    better: "higher",
    meaning: "The share of the list that the user went on to.",
    compute: ({ hits, k }) => hits / k,
  },
  // Divided by all relevant items, even if there are more than k.
  recall: {
    title: "Recall",
    heading: "recall",
    column: 2,
    digits: 4,
    better: "higher",
    meaning: "The share of the products a user went on to that were in the list.",
    compute: ({ hits, relevant }) => hits / relevant.size,
  },
  // Discounted gain over that of the best list possible, which has min(k, relevant) hits.
  ndcg: {
    title: "NDCG",
    heading: "NDCG",
    column: 1,
    digits: 4,
    better: "higher",
    meaning: "How well the list is ordered, from 0 to 1: a product that the user went on to " +
      "counts more the higher it is in the list; 1 is the best possible order. It decides which " +
      "model wins.",
    compute: ({ gain, possible }) => gain / idealGain(possible),
  },
  map: {
    title: "MAP",
    heading: "MAP",
    column: 4,
    digits: 4,
    better: "higher",
    meaning: "Precision at each hit, averaged over the most hits that the list could have.",
    compute: ({ precisions, possible }) => precisions / possible,
  },
  mrr: {
    title: "MRR",
    heading: "MRR",
    column: 5,
    digits: 4,
    better: "higher",
    meaning: "1 divided by the rank of the first hit, 0 without one.",
    compute: ({ firstHit }) => firstHit === 0 ? 0 : 1 / firstHit,
  },
  hitRate: {
    title: "Hit rate",
    heading: "hits",
    column: 6,
    digits: 4,
    better: "higher",
    meaning: "The share of users whose list had at least one hit.",
    compute: ({ hits }) => hits > 0 ? 1 : 0,
  },
} as const satisfies Readonly<Record<string, ListMetricDefinition>>;

/** The name of one of {@linkcode LIST_METRICS}. */
export type ListMetric = keyof typeof LIST_METRICS;

/** One number per metric. */
export type ListMetrics = Readonly<Record<ListMetric, number>>;

/** The names of {@linkcode LIST_METRICS}, in the order in which files store them. */
export const LIST_METRIC_NAMES = Object.keys(LIST_METRICS) as readonly ListMetric[];

/** The same names in the order in which tables show them: the metric that decides is first. */
export const LIST_METRIC_COLUMNS: readonly ListMetric[] = LIST_METRIC_NAMES
  .toSorted((a, b) => LIST_METRICS[a].column - LIST_METRICS[b].column);

/**
 * A value for each metric.
 *
 * @param make Gets a metric's name and its position in {@linkcode LIST_METRIC_NAMES}.
 */
export function perListMetric<Value>(
  make: (name: ListMetric, position: number) => Value,
): Record<ListMetric, Value> {
  const entries = LIST_METRIC_NAMES.map((name, position) => [name, make(name, position)]);
  return Object.fromEntries(entries) as Record<ListMetric, Value>;
}

/**
 * Measures the first `k` items of a list.
 *
 * @param ranked Item numbers, best first, without repeats.
 * @param relevant What the user went on to do; not empty.
 * @throws {RangeError} If nothing is relevant, or `k` is not a positive whole number.
 *
 * @example Two relevant items, the first found at rank 2
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { precision, recall, mrr } = measureList(Uint32Array.of(8, 5, 9), new Set([5, 6]), 3);
 * assertEquals([precision, recall, mrr], [1 / 3, 1 / 2, 1 / 2]);
 * ```
 */
export function measureList(
  ranked: Uint32Array,
  relevant: ReadonlySet<number>,
  k: number,
): ListMetrics {
  const list = scanList(ranked, relevant, k);
  return perListMetric((name) => LIST_METRICS[name].compute(list));
}

/**
 * Finds in one pass what all metrics of a list are computed from; see {@linkcode measureList} for
 * parameters and errors.
 */
export function scanList(
  ranked: Uint32Array,
  relevant: ReadonlySet<number>,
  k: number,
): ScannedList {
  if (relevant.size === 0) {
    throw new RangeError("Cannot measure a list: at least one item must be relevant, got none");
  }
  if (!Number.isInteger(k) || k < 1) {
    throw new RangeError(`Cannot measure a list: k must be a whole number of at least 1, got ${k}`);
  }
  let hits = 0, gain = 0, precisions = 0, firstHit = 0;
  for (let rank = 1; rank <= Math.min(k, ranked.length); rank++) {
    if (!relevant.has(ranked[rank - 1])) continue;
    hits++;
    gain += discount(rank);
    precisions += hits / rank;
    if (firstHit === 0) firstHit = rank;
  }
  const possible = Math.min(k, relevant.size);
  return { ranked, relevant, k, possible, hits, firstHit, gain, precisions };
}
