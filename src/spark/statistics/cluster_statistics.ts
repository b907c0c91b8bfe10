import { activeTimeOf } from "../../interactions/active_time.ts";
import type { RatingMode } from "../../interactions/event_weights.ts";
import type { Statistics } from "../../interactions/statistics.ts";
import type { SparkSession } from "../connect/session.ts";
import { coRatingsQuery, mostPopularQuery } from "./co_ratings_query.ts";
import { collectSessions, type SessionEvents } from "./collect_sessions.ts";
import { nextItemsQuery } from "./next_items_query.ts";
import { popularityQuery } from "./popularity_query.ts";
import { eventsIn, type Span } from "./ratings_query.ts";
import { type Entries, readSquare } from "./read_square.ts";
import { sessionsQuery } from "./sessions_query.ts";
import { selfSimilaritiesQuery, similarItemsQuery } from "./similar_items_query.ts";

/** What {@linkcode clusterStatistics} sums. */
export interface ClusterEvents {
  readonly spark: SparkSession;
  /** The number of items. */
  readonly items: number;
  /** Of every event of the period, in seconds since 1970-01-01 UTC; ascending. */
  readonly times: Uint32Array;
  /** How many of the newest events sessions are brought here from. Default 20 million. */
  readonly sessionEvents?: number;
}

/** About 1.5 GB while sessions are indexed. */
const SESSION_EVENTS = 20_000_000;

/**
 * The sums over the events of a cluster's table {@linkcode INTEREST}, made by it in SQL. Only the
 * sums come to this machine. They equal those in memory but for the rounding of the last bits,
 * since a cluster adds in any order; so where values tie at the end of what is kept, other entries
 * may be kept.
 */
export function clusterStatistics(
  { spark, items, times, sessionEvents = SESSION_EVENTS }: ClusterEvents,
  span: Span = { from: 0, to: Infinity },
): Statistics {
  const square = (query: string) =>
    readSquare(spark.columnBatches<Entries>(ATTEMPTED, query), { size: items });
  const statistics: Statistics = {
    times,
    within({ from = 0, to = Infinity }) {
      const inner = { from: Math.max(from, span.from), to: Math.min(to, span.to) };
      const within = times.subarray(placeOf(times, inner.from), placeOf(times, inner.to));
      return clusterStatistics({ spark, items, times: within, sessionEvents }, inner);
    },
    async familiarity() {
      const usersOfItem = new Uint32Array(items);
      const counts = spark.columnBatches<{ item: Int32Array; users: Int32Array }>(
        ATTEMPTED,
        "SELECT CAST(item AS INT) AS item, CAST(count(DISTINCT user_id) AS INT) AS users " +
          `FROM (${eventsIn(span)}) GROUP BY item`,
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
    similarItems: (options) => square(similarItemsQuery(span, options)),
    async selfSimilarities(options) {
      const similarities = new Float32Array(items);
      const found = spark.columnBatches<{ item: Int32Array; value: Float32Array }>(
        ATTEMPTED,
        selfSimilaritiesQuery(span, options),
      );
      for await (const { item, value } of found) {
        for (let p = 0; p < item.length; p++) similarities[item[p]] = value[p];
      }
      return similarities;
    },
    async coRatings(options) {
      const { mostPopular } = options;
      const chosen = mostPopular === undefined
        ? Uint32Array.from({ length: items }, (_, item) => item)
        : await mostPopularItems(options.rating, mostPopular);
      const matrix = await readSquare(
        spark.columnBatches<Entries>(ATTEMPTED, coRatingsQuery(span, options)),
        { size: chosen.length, symmetric: true },
      );
      return { kind: "gram", matrix, users: await countUsers(), items: chosen };
    },
    sessions() {
      const from = times[Math.max(0, times.length - sessionEvents)];
      return collectSessions(
        spark.columnBatches<SessionEvents>(ATTEMPTED, sessionsQuery(span, from)),
      );
    },
  };

  async function mostPopularItems(rating: RatingMode, most: number): Promise<Uint32Array> {
    const found: number[] = [];
    const query = mostPopularQuery(span, { rating, most });
    const batches = spark.columnBatches<{ item: Int32Array }>(ATTEMPTED, query);
    for await (const { item } of batches) found.push(...item);
    return Uint32Array.from(found);
  }

  async function countUsers(): Promise<number> {
    const [{ users }] = await spark.rows<{ users: number }>(
      ATTEMPTED,
      `SELECT CAST(count(DISTINCT user_id) AS DOUBLE) AS users FROM (${eventsIn(span)})`,
    );
    return users;
  }
  return statistics;
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
