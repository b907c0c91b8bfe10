import pl from "nodejs-polars";
import { IdMap } from "../interactions/id_map.ts";
import { InputError } from "../interactions/input_error.ts";
import { groupByUser, type ShopInteractions } from "../interactions/interactions.ts";
import { catalogueOf } from "./catalogue.ts";
import { hashOf, toNumbers } from "./frames.ts";

/**
 * Turns cleaned events into interactions: those with a rating above 0, one by one, in the order of time. Users
 * and products are numbered in the order of their ids, integers by value, text by its characters' codes.
 *
 * @param events Cleaned events, in the columns that `schema.ts` describes.
 * @throws {InputError} If no event has a rating above 0.
 */
export function toInteractions(events: pl.DataFrame): ShopInteractions {
  const positive = events.lazy()
    .filter(pl.col("rating").gt(0))
    .select("event_time", "user_id", "product_id", "user_session", "rating")
    .collectSync();
  if (positive.height === 0) {
    throw new InputError(
      `Cannot make interactions of ${events.height} events: at least one must be a view, a purchase or ` +
        "a cart that isn't cancelled",
    );
  }
  const users = numberDistinct(positive, "user_id");
  const products = numberDistinct(positive, "product_id");
  const seconds = pl.col("event_time").cast(pl.Datetime("ms"), true).cast(pl.Int64, true).div(1000);
  const times = positive.select(seconds.cast(pl.UInt32, true).alias("time"));
  const interactions = groupByUser({
    userIds: idMap(users.distinct, "user_id"),
    itemIds: idMap(products.distinct, "product_id"),
    users: users.numbers,
    items: products.numbers,
    weights: toNumbers<Float32Array>(positive, "rating"),
    times: toNumbers<Uint32Array>(times, "time"),
    sessions: numberSessions(positive),
  });
  return { ...interactions, catalogue: catalogueOf(events, products.distinct) };
}

/** The distinct values of a column in ascending order, and for each row the number of its value among them. */
function numberDistinct(
  events: pl.DataFrame,
  column: string,
): { distinct: pl.DataFrame; numbers: Uint32Array } {
  const distinct = events.select(pl.col(column).unique().sort());
  const numbered = events
    .select(column)
    .join(distinct.withRowIndex("number"), { on: column, how: "left", maintainOrder: "left" });
  return { distinct, numbers: toNumbers<Uint32Array>(numbered, "number") };
}

/**
 * For each row a number of its session. By their hashes, which takes a quarter of the time that texts do: that two of
 * a million share one of 64 bits has a chance of 1 in 37 million.
 */
function numberSessions(events: pl.DataFrame): Uint32Array {
  const hashes = pl.DataFrame([hashOf(events.select("user_session"), "session")]);
  return numberDistinct(hashes, "session").numbers;
}

function idMap(distinct: pl.DataFrame, column: string): IdMap {
  const ids = distinct.select(pl.col(column).cast(pl.Utf8, true)).getColumn(column);
  return IdMap.from(ids.toArray() as string[]);
}
