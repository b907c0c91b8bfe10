import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { DatedRatings } from "../../models/neighbours/item_similarities.ts";
import type { SparkSession } from "../connect/session.ts";
import { inRangeSql, type PartRange, partRanges } from "../read/keep_events.ts";
import { sumUp } from "./sum_up.ts";

/** Which ratings come here, and how many at most. */
export interface RatingsOptions {
  /** The number of all items. */
  readonly items: number;
  /** The most ratings that may come here. */
  readonly most: number;
  /** A time that days are counted from, in seconds. Default: the times of ratings don't come here. */
  readonly since?: number;
}

/** Some ratings; those of a user follow each other, in the order of items. */
type RatingBatch = {
  readonly item: Int32Array;
  readonly rating: Float32Array;
  /** The number of the user's ratings. */
  readonly n: Int32Array;
  /** The day of the user's last event with the item; absent if it wasn't asked for. */
  readonly day: Float32Array;
};

/** How many ratings a query brings, of up to 16 bytes each: the server holds its result. */
const RATINGS_AT_ONCE = 1 << 24;

/**
 * Brings the ratings of all users here, if there are few enough. Users are in the order of their
 * parts.
 *
 * @param table The name of the table of `ratingsIn()`.
 * @returns Users × items; nothing if there are too many.
 */
export async function collectRatings(
  spark: SparkSession,
  table: string,
  { items, most, since }: RatingsOptions,
): Promise<DatedRatings | undefined> {
  const [{ ratings: count, users }] = await spark.rows<{ ratings: number; users: number }>(
    "count the ratings",
    `SELECT CAST(count(*) AS DOUBLE) AS ratings, round(sum(1 / n)) AS users FROM ${table}`,
  );
  if (count > most) return undefined;
  const indptr = new Uint32Array(users + 1);
  const [indices, values] = [new Uint32Array(count), new Float32Array(count)];
  const days = new Float32Array(since === undefined ? 0 : count);
  let at = 0, user = 0, end = 0;
  for (const range of partRanges(count, RATINGS_AT_ONCE)) {
    for await (const batch of sumUp<RatingBatch>(spark, ratingsQuery(spark, table, range, since))) {
      const { item, rating, n, day } = batch;
      for (let p = 0; p < item.length; p++, at++) {
        if (at === end) {
          indptr[user++] = at;
          end += n[p];
        } else if (item[p] <= indices[at - 1]) throw new Error("Ratings came in another order");
        indices[at] = item[p];
        values[at] = rating[p];
        if (since !== undefined) days[at] = day[p];
      }
    }
  }
  if (at !== end || user !== users) throw new Error("The ratings of some users are missing");
  indptr[users] = end;
  return {
    ratings: { rows: users, columns: items, indptr, indices, values },
    lastDays: () => days,
  };
}

/** Spark keeps ratings in order, and brings them here as they are; Sail must sort them. */
function ratingsQuery(
  { server }: SparkSession,
  table: string,
  range: PartRange,
  since?: number,
): string {
  const day = since === undefined
    ? ""
    : `, CAST((last - ${since}) / ${SECONDS_PER_DAY}.0D AS FLOAT) AS day`;
  const columns = `CAST(item AS INT) AS item, CAST(rating AS FLOAT) AS rating, CAST(n AS INT) AS n`;
  return `SELECT ${columns}${day} FROM ${table} WHERE ${inRangeSql(range)}` +
    (server.name === "Spark" ? "" : " ORDER BY part, user_id, item");
}
