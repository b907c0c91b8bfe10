import type { Progress } from "../../base/progress.ts";
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
  /** A time that days are counted from, in seconds. Default: ratings come without their times. */
  readonly since?: number;
  /** About how many ratings a query brings. Default 17 million, of up to 20 bytes each. */
  readonly atOnce?: number;
}

/** Some ratings; those of a user follow each other, in the order of items. */
type RatingBatch = {
  /** The part that the user is in. */
  readonly part: Int32Array;
  readonly item: Int32Array;
  readonly rating: Float32Array;
  /** The number of the user's ratings. */
  readonly n: Int32Array;
  /** The day of the user's last event with the item; absent if it wasn't asked for. */
  readonly day: Float32Array;
};

/** The server holds the result of a query, and refuses more than 1 GB. */
const RATINGS_AT_ONCE = 1 << 24;

/**
 * Brings the ratings of all users here, if there are few enough; users come in no particular order.
 *
 * @param table The name of the table of `ratingsIn()`.
 * @returns Users × items; nothing if there are too many.
 */
export async function collectRatings(
  spark: Pick<SparkSession, "columnBatches" | "rows" | "server">,
  table: string,
  { items, most, since, atOnce = RATINGS_AT_ONCE }: RatingsOptions,
  progress: Progress = () => {},
): Promise<DatedRatings | undefined> {
  const [{ ratings: count, users }] = await spark.rows<{ ratings: number; users: number }>(
    "count the ratings",
    // Each of a user's n ratings counts 1 / n; the sum is a whole number but for rounding.
    "SELECT CAST(count(*) AS DOUBLE) AS ratings, coalesce(round(sum(1 / n)), 0) AS users " +
      `FROM ${table}`,
  );
  if (count > most) return undefined;
  const indptr = new Uint32Array(users + 1);
  const [indices, values] = [new Uint32Array(count), new Float32Array(count)];
  const days = new Float32Array(since === undefined ? 0 : count);
  let at = 0, user = 0, end = 0;
  let first = { part: -1, n: 0 };
  for (const range of partRanges(count, atOnce)) {
    for await (const batch of sumUp<RatingBatch>(spark, ratingsQuery(spark, table, range, since))) {
      const { part, item, rating, n, day } = batch;
      for (let p = 0; p < item.length; p++, at++) {
        if (at === end) {
          indptr[user++] = at;
          end += n[p];
          first = { part: part[p], n: n[p] };
        } else if (part[p] !== first.part || n[p] !== first.n || item[p] <= indices[at - 1]) {
          throw new Error("Ratings came in another order");
        }
        indices[at] = item[p];
        values[at] = rating[p];
        if (since !== undefined) days[at] = day[p];
      }
      progress(at / count);
    }
  }
  if (at !== end || user !== users) throw new Error("The ratings of some users are missing");
  indptr[users] = end;
  return {
    ratings: { rows: users, columns: items, indptr, indices, values },
    lastDays() {
      if (since === undefined) throw new Error("Ratings came without their times");
      return days;
    },
  };
}

/** Spark keeps ratings in order, and brings them here as they are; Sail must sort them. */
function ratingsQuery(
  { server }: Pick<SparkSession, "server">,
  table: string,
  range: PartRange,
  since?: number,
): string {
  const day = since === undefined
    ? ""
    : `, CAST((last - ${since}) / ${SECONDS_PER_DAY}.0D AS FLOAT) AS day`;
  const columns = ["part", "item", "n"].map((name) => `CAST(${name} AS INT) AS ${name}`);
  return `SELECT ${columns.join(", ")}, CAST(rating AS FLOAT) AS rating${day} FROM ${table} WHERE ${
    inRangeSql(range)
  }` +
    (server.name === "Spark" ? "" : " ORDER BY part, user_id, item");
}
