import { formatCount, formatCounted } from "../../base/format.ts";
import { activeTimeOf } from "../../interactions/active_time.ts";
import type { SimilarityOptions, Statistics } from "../../interactions/statistics.ts";
import { similarityOf } from "../../models/neighbours/item_similarities.ts";
import type { SparkSession } from "../connect/session.ts";
import { coRatingsQuery, mostPopularQuery } from "./co_ratings_query.ts";
import { collectSessions, type SessionEvents } from "./collect_sessions.ts";
import { type ItemRange, itemRanges } from "./item_ranges.ts";
import { keepPlaces, keepRatings, type PlacesTable, type RatingsTable } from "./keep_ratings.ts";
import { nextItemsQuery } from "./next_items_query.ts";
import { popularityQuery } from "./popularity_query.ts";
import { eventsIn, type Span } from "./ratings_query.ts";
import { type Entries, readSquare, readSymmetric } from "./read_square.ts";
import { sessionsQuery } from "./sessions_query.ts";
import { formulaOf, itemSumsQuery, pairSumsQuery } from "./similar_items_query.ts";
import { StrongestEntries } from "./strongest_entries.ts";

/** What {@linkcode clusterStatistics} sums. */
export interface ClusterEvents {
  readonly spark: SparkSession;
  /** The number of items. */
  readonly items: number;
  /** Of every event of the period, in seconds since 1970-01-01 UTC; ascending. */
  readonly times: Uint32Array;
  /** How many of the newest events sessions are brought here from. Default 20 million. */
  readonly sessionEvents?: number;
  /** How many pairs of a user's items a query sums up, at most. Default 67 million. */
  readonly pairsAtOnce?: number;
  /** How many entries a matrix may have here. Default 100 million. */
  readonly mostEntries?: number;
  /** Where Sail keeps ratings; Spark needs none. */
  readonly folder?: string;
  /** Is told what doesn't fit into memory here, and is left out. */
  readonly note?: (text: string) => void;
}

/** About 1.5 GB while sessions are indexed. */
const SESSION_EVENTS = 20_000_000;

/** A result has at most 800 MB, of Spark's limit of 1 GB: a sum for each pair, of 12 bytes. */
const PAIRS_AT_ONCE = 1 << 26;

/** Sums of items, see {@linkcode itemSumsQuery}. */
type ItemSums = {
  readonly item: Int32Array;
  readonly own: Float64Array;
  readonly norm: Float64Array;
};

/**
 * The sums over the events of a cluster's table {@linkcode INTEREST}, made by it in SQL. Only the
 * sums come to this machine. They equal those in memory but for the rounding of the last bits,
 * since a cluster adds in any order; so where values tie at the end of what is kept, other entries
 * may be kept.
 */
export function clusterStatistics({ folder, ...events }: ClusterEvents): Statistics {
  const ratings = keepRatings(events.spark, folder);
  const places = keepPlaces(events.spark, folder);
  return statisticsIn({ ...events, ratings, places }, { from: 0, to: Infinity });
}

function statisticsIn(
  events: Omit<ClusterEvents, "folder"> & {
    readonly ratings: RatingsTable;
    readonly places: PlacesTable;
  },
  span: Span,
): Statistics {
  const { spark, items, times, ratings, places } = events;
  const { sessionEvents = SESSION_EVENTS, pairsAtOnce = PAIRS_AT_ONCE, note = () => {} } = events;
  const square = (query: string) =>
    readSquare(spark.columnBatches<Entries>(ATTEMPTED, query), items);
  const statistics: Statistics = {
    times,
    within({ from = 0, to = Infinity }) {
      const inner = { from: Math.max(from, span.from), to: Math.min(to, span.to) };
      const within = times.subarray(placeOf(times, inner.from), placeOf(times, inner.to));
      return statisticsIn({ ...events, times: within }, inner);
    },
    async familiarity() {
      const usersOfItem = new Uint32Array(items);
      const counts = spark.columnBatches<{ item: Int32Array; users: Int32Array }>(
        ATTEMPTED,
        "SELECT CAST(item AS INT) AS item, CAST(count(*) AS INT) AS users " +
          `FROM (SELECT DISTINCT part, user_id, item FROM (${eventsIn(span)})) GROUP BY item`,
      );
      for await (const { item, users } of counts) {
        for (let p = 0; p < item.length; p++) usersOfItem[item[p]] = users[p];
      }
      return { usersOfItem, activeUsers: await countUsers() };
    },
    async popularity({ halfLifeDays }) {
      const counts = new Float32Array(items);
      const query = popularityQuery(span, {
        halfLifeDays,
        active: activeTimeOf({ times }),
        last: times.at(-1) ?? 0,
      });
      const found = spark.columnBatches<{ item: Int32Array; count: Float32Array }>(
        ATTEMPTED,
        query,
      );
      for await (const { item, count } of found) {
        for (let p = 0; p < item.length; p++) counts[item[p]] = count[p];
      }
      return counts;
    },
    nextItems: (options) => square(nextItemsQuery(span, options)),
    async similarItems({ rating, ...options }) {
      const table = await ratings(span, rating);
      const { similarity } = await compare(table, options);
      const nearest = new StrongestEntries({ size: items, keep: options.neighbors });
      const sums = pairs(table, (range) => pairSumsQuery(table, options, range));
      for await (const { i, j, value } of sums) {
        for (let p = 0; p < i.length; p++) {
          nearest.add(i[p], j[p], similarity(i[p], j[p], value[p]));
          nearest.add(j[p], i[p], similarity(j[p], i[p], value[p]));
        }
      }
      return nearest.toCsr();
    },
    async selfSimilarities({ rating, ...options }) {
      const { own, similarity } = await compare(await ratings(span, rating), options);
      return Float32Array.from(own, (s, item) => s > 0 ? similarity(item, item, s) : 0);
    },
    async coRatings({ rating, ...options }) {
      const { mostPopular } = options;
      const table = await ratings(span, rating);
      const tables = { ratings: table, places: await places(table) };
      const ranked = await mostPopularItems(tables.places, mostPopular);
      const pairsOf = await countPairs(table);
      const ranges = itemRanges(Float64Array.from(ranked, (item) => pairsOf[item]), pairsAtOnce);
      const ofAll = mostPopular === undefined;
      const { matrix, order } = await readSymmetric(
        ranges,
        (range) => spark.columnBatches<Entries>(ATTEMPTED, coRatingsQuery(tables, options, range)),
        {
          size: ofAll ? items : ranked.length,
          most: events.mostEntries,
          ...(ofAll && { numbers: ranked }),
        },
      );
      if (order < ranked.length) note(leftOut(ranked.length - order, ranked.length));
      return {
        kind: "gram",
        matrix,
        users: await countUsers(),
        items: ofAll ? Uint32Array.from({ length: items }, (_, item) => item) : ranked,
      };
    },
    sessions() {
      const from = times[Math.max(0, times.length - sessionEvents)];
      return collectSessions(
        spark.columnBatches<SessionEvents>(ATTEMPTED, sessionsQuery(span, from)),
      );
    },
  };

  /** Of each item, how many items its users rated, all together. */
  async function countPairs(table: string): Promise<Float64Array> {
    const counts = new Float64Array(items);
    const found = spark.columnBatches<{ item: Int32Array; pairs: Float64Array }>(
      ATTEMPTED,
      `SELECT CAST(item AS INT) AS item, sum(n) AS pairs FROM ${table} GROUP BY item`,
    );
    for await (const { item, pairs } of found) {
      for (let p = 0; p < item.length; p++) counts[item[p]] = pairs[p];
    }
    return counts;
  }

  /**
   * The results of a query for all pairs of items, one range of items after another. All pairs of
   * an item are counted, though its query has those with later items only.
   */
  async function* pairs(
    table: string,
    query: (range: ItemRange) => string,
  ): AsyncGenerator<Entries> {
    for (const range of itemRanges(await countPairs(table), pairsAtOnce)) {
      yield* spark.columnBatches<Entries>(ATTEMPTED, query(range));
    }
  }

  /** How items are compared, and the sum of each and itself. */
  async function compare(table: string, options: Omit<SimilarityOptions, "rating" | "neighbors">) {
    const [own, norms] = [new Float64Array(items), new Float64Array(items)];
    const found = spark.columnBatches<ItemSums>(ATTEMPTED, itemSumsQuery(table, options));
    for await (const sums of found) {
      for (let p = 0; p < sums.item.length; p++) {
        own[sums.item[p]] = sums.own[p];
        norms[sums.item[p]] = sums.norm[p];
      }
    }
    const damped = norms.map((norm) => norm ** options.popularityPower);
    const { shrinkage } = options;
    return {
      own,
      similarity: similarityOf({ similarity: formulaOf(options), shrinkage, norms, damped }),
    };
  }

  async function mostPopularItems(places: string, most?: number): Promise<Uint32Array> {
    const found: number[] = [];
    const query = mostPopularQuery(places, most);
    const batches = spark.columnBatches<{ item: Int32Array }>(ATTEMPTED, query);
    for await (const { item } of batches) found.push(...item);
    return Uint32Array.from(found);
  }

  async function countUsers(): Promise<number> {
    const [{ users }] = await spark.rows<{ users: number }>(
      ATTEMPTED,
      "SELECT CAST(count(*) AS DOUBLE) AS users " +
        `FROM (SELECT DISTINCT part, user_id FROM (${eventsIn(span)}))`,
    );
    return users;
  }
  return statistics;
}

/** Tells that the pairs of some items don't fit into memory. */
function leftOut(count: number, all: number): string {
  return "Pairs of all products don't fit into memory: the model that is made from them " +
    `(pure_svd, ease) leaves out the ${formatCounted(count, "least popular product")} of ` +
    formatCount(all);
}

/** To follow "Cannot" in messages. */
const ATTEMPTED = "sum up the events";

/** The number of times before one. */
function placeOf(times: Uint32Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
