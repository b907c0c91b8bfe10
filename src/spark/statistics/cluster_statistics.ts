import { formatCount, formatCounted } from "../../base/format.ts";
import { inTwoParts, type Progress } from "../../base/progress.ts";
import { activeTimeOf } from "../../interactions/active_time.ts";
import type { RatingMode } from "../../interactions/event_weights.ts";
import type { SimilarityOptions, Statistics } from "../../interactions/statistics.ts";
import {
  type DatedRatings,
  findSimilarItems,
  similarityOf,
} from "../../models/neighbours/item_similarities.ts";
import { coRatings } from "../../models/statistics/co_ratings.ts";
import type { SparkSession } from "../connect/session.ts";
import { collectGram } from "./collect_gram.ts";
import { collectRatings } from "./collect_ratings.ts";
import { collectSessions, type SessionEvents } from "./collect_sessions.ts";
import { keepPlaces, keepRatings, type PlacesTable, type RatingsTable } from "./keep_ratings.ts";
import { nextItemsQuery } from "./next_items_query.ts";
import { placeRanges, type RangeLimits } from "./place_ranges.ts";
import { popularityQuery } from "./popularity_query.ts";
import { eventsIn, type Span } from "./ratings_query.ts";
import { countPairs, type RatedItems } from "./rated_items.ts";
import { type Entries, readSquare } from "./read_square.ts";
import { sessionsQuery } from "./sessions_query.ts";
import { formulaOf, itemSumsQuery, pairSumsQuery } from "./similar_items_query.ts";
import { StrongestEntries } from "./strongest_entries.ts";
import { sumUp } from "./sum_up.ts";

/** What {@linkcode clusterStatistics} sums. */
export interface ClusterEvents {
  readonly spark: SparkSession;
  /** The number of items. */
  readonly items: number;
  /** Of every event of the period, in seconds since 1970-01-01 UTC; ascending. */
  readonly times: Uint32Array;
  /** How many of the newest events sessions are brought here from. Default 20 million. */
  readonly sessionEvents?: number;
  /** How much a query of pairs of items may take. Default 540 million pairs, 34 million sums. */
  readonly limits?: RangeLimits;
  /**
   * How many ratings (users' items) of a period may come here, to be summed up by this machine,
   * which is much faster than a cluster. Default 67 million.
   */
  readonly mostRatings?: number;
  /** How many entries a matrix may have here. Default 100 million. */
  readonly mostEntries?: number;
  /** Where Sail keeps ratings; Spark needs none. */
  readonly folder?: string;
  /** Is told what doesn't fit into memory here, and is left out. */
  readonly note?: (text: string) => void;
}

/** About 1.5 GB while sessions are indexed. */
const SESSION_EVENTS = 20_000_000;

/** Up to 2.4 GB while kernels work on them, at 24 to 36 bytes each, and 28 bytes per user. */
const MOST_RATINGS = 2 ** 26;

/**
 * A result has at most 400 MB, 12 bytes for each sum: the server holds it in memory, and refuses
 * more than 1 GB. Each query goes through all ratings, so the fewer there are, the faster it is;
 * executors spill to disk what doesn't fit into their memory.
 */
const LIMITS: RangeLimits = { pairs: 2 ** 29, sums: 2 ** 25 };

/** Sums of items, see {@linkcode itemSumsQuery}. */
type ItemSums = {
  readonly item: Int32Array;
  readonly own: Float64Array;
  readonly norm: Float64Array;
};

/**
 * The sums over the events of a cluster's table {@linkcode INTEREST}, made by it in SQL, so that
 * only they come to this machine; or sums over the ratings of a period, which come here if they
 * fit. They equal those in memory but for the rounding of the last bits, since a cluster adds in
 * any order; so where values tie at the end of what is kept, other entries may be kept.
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
  const { sessionEvents = SESSION_EVENTS, limits = LIMITS } = events;
  const { mostRatings = MOST_RATINGS, mostEntries, note = () => {} } = events;
  const square = (query: string) => readSquare(sumUp<Entries>(spark, query), items);
  const statistics: Statistics = {
    times,
    within({ from = 0, to = Infinity }) {
      const inner = { from: Math.max(from, span.from), to: Math.min(to, span.to) };
      const within = times.subarray(lowerBound(times, inner.from), lowerBound(times, inner.to));
      return statisticsIn({ ...events, times: within }, inner);
    },
    async familiarity() {
      const usersOfItem = await ofItems(
        new Uint32Array(items),
        "SELECT CAST(item AS INT) AS item, CAST(count(*) AS INT) AS value " +
          `FROM (SELECT DISTINCT part, user_id, item FROM (${eventsIn(span)})) GROUP BY item`,
      );
      return { usersOfItem, activeUsers: await countUsers() };
    },
    popularity({ halfLifeDays }) {
      const query = popularityQuery(span, {
        halfLifeDays,
        active: activeTimeOf({ times }),
        last: times.at(-1) ?? 0,
      });
      return ofItems(new Float32Array(items), query);
    },
    nextItems: (options) => square(nextItemsQuery(span, options)),
    async similarItems({ rating, ...options }, progress) {
      const since = options.pairHalfLifeDays === Infinity ? undefined : times[0];
      const [fetching, comparing] = inTwoParts(progress);
      const here = await ratingsHere(rating, { since, progress: fetching });
      if (here) return await findSimilarItems(here, options, comparing);
      const tables = await rated(rating);
      const { similarity } = await compare(tables.ratings, options);
      const nearest = new StrongestEntries({ size: items, keep: options.neighbors });
      const sums = pairs(tables, options, progress);
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
    async coRatings({ rating, ...options }, progress) {
      const here = await ratingsHere(rating, { progress });
      if (here) return coRatings(here.ratings, options);
      const gram = await collectGram(
        spark,
        await rated(rating),
        { ...options, size: items, limits, mostEntries, note },
        progress,
      );
      return { kind: "gram", ...gram, users: await countUsers() };
    },
    sessions() {
      if (times.length > sessionEvents) note(olderLeftOut(sessionEvents, times.length));
      const from = times[Math.max(0, times.length - sessionEvents)];
      return collectSessions(
        sumUp<SessionEvents>(spark, sessionsQuery(span, from)),
      );
    },
  };

  /** The ratings of the period, if there are few enough for this machine. */
  async function ratingsHere(
    rating: RatingMode,
    { since, progress }: { since?: number; progress?: Progress },
  ): Promise<DatedRatings | undefined> {
    const table = await ratings(span, rating);
    return await collectRatings(spark, table, { items, most: mostRatings, since }, progress);
  }

  /** The tables of ratings in the period. */
  async function rated(rating: RatingMode): Promise<RatedItems> {
    const table = await ratings(span, rating);
    return { ratings: table, places: await places(table) };
  }

  /** Fills the values of items with a query's columns `item` and `value`. */
  async function ofItems<Values extends Uint32Array | Float32Array | Float64Array>(
    values: Values,
    query: string,
  ): Promise<Values> {
    type Found = { item: Int32Array; value: Int32Array | Float32Array | Float64Array };
    for await (const { item, value } of sumUp<Found>(spark, query)) {
      for (let p = 0; p < item.length; p++) values[item[p]] = value[p];
    }
    return values;
  }

  /** The sums that similarities are computed from, one range of items after another. */
  async function* pairs(
    tables: RatedItems,
    options: Omit<SimilarityOptions, "rating" | "neighbors">,
    progress: Progress = () => {},
  ): AsyncGenerator<Entries> {
    const ranges = placeRanges(await countPairs(spark, tables), limits);
    for (const [done, range] of ranges.entries()) {
      progress(done / ranges.length);
      yield* sumUp<Entries>(spark, pairSumsQuery(tables, options, range));
    }
  }

  /** How items are compared, and the sum of each and itself. */
  async function compare(table: string, options: Omit<SimilarityOptions, "rating" | "neighbors">) {
    const [own, norms] = [new Float64Array(items), new Float64Array(items)];
    const found = sumUp<ItemSums>(spark, itemSumsQuery(table, options));
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

  async function countUsers(): Promise<number> {
    const [{ users }] = await spark.rows<{ users: number }>(
      "count the users",
      "SELECT CAST(count(*) AS DOUBLE) AS users " +
        `FROM (SELECT DISTINCT part, user_id FROM (${eventsIn(span)}))`,
    );
    return users;
  }
  return statistics;
}

/** Tells that only sessions of the newest events are brought here. */
function olderLeftOut(newest: number, all: number): string {
  return `Sessions of all events don't fit into memory: session_knn is made from the newest ` +
    `${formatCount(newest)} of ${formatCounted(all, "event")}`;
}

/** The number of times before one. */
function lowerBound(times: Uint32Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
