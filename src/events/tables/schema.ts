import pl from "nodejs-polars";

/** Rows of other event types are dropped when cleaning. */
export { EVENT_TYPES, REMOVAL } from "../../interactions/event_weights.ts";

/** What a shop's file must have as columns, in any order. */
export const REQUIRED_COLUMNS = [
  "event_time",
  "event_type",
  "product_id",
  "price",
  "user_id",
] as const;

/** What a shop's file may have besides; any other column is ignored. */
export const OPTIONAL_COLUMNS = [
  "category_id",
  "category_code",
  "brand",
  "user_session",
  "title",
] as const;

const KNOWN: readonly string[] = [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS];

/** Whether a column is one that events have, before cleaning. */
export function isKnownColumn(name: string): boolean {
  return KNOWN.includes(name);
}

/** The shop's ids: 64-bit integers where all values are, text elsewhere. */
export const ID_COLUMNS = ["product_id", "category_id", "user_id"] as const;

/** What cleaning adds. A Parquet file that has all three with these types has been cleaned before. */
export const ENGINEERED_COLUMNS = {
  rating: pl.Float32,
  day_of_week: pl.UInt8,
  hour: pl.UInt8,
} as const;

/** A moment in UTC, to the microsecond. */
export const TIME_TYPE: pl.DataType = pl.Datetime("us", "UTC");

/**
 * The columns of events as read, before cleaning, in this order. `title` follows where a file has it; in
 * events that have been cleaned before, the engineered columns follow too.
 */
export const RAW_COLUMNS = [
  "event_time",
  "event_type",
  "product_id",
  "category_id",
  "category_code",
  "brand",
  "price",
  "user_id",
  "user_session",
] as const;

/**
 * The columns of cleaned events, in this order; rows are in the order of time.
 *
 * | column | type | meaning |
 * | --- | --- | --- |
 * | `event_time` | Datetime (µs, UTC) | when it happened |
 * | `event_type` | Utf8 | `view`, `cart`, `purchase` or `remove_from_cart` |
 * | `product_id` | Int64 or Utf8 | the shop's id: integers where all values of the column are, else text |
 * | `category_id` | Int64 or Utf8 | the same; null where the shop gave none |
 * | `category_code` | Utf8 | the category's path, `unknown` where the shop gave none |
 * | `brand` | Utf8 | `unknown` where the shop gave none |
 * | `price` | Float64 | in the shop's currency, 0 or more |
 * | `user_id` | Int64 or Utf8 | as `product_id` |
 * | `user_session` | Utf8 | the shop's, or derived from gaps of 30 minutes |
 * | `title` | Utf8 | only where a file has the column; null where the shop gave none |
 * | `rating` | Float32 | 1 view, 2 cart, 4 purchase; 0 for removals and for the carts they cancel |
 * | `day_of_week` | UInt8 | 1 Monday to 7 Sunday, UTC |
 * | `hour` | UInt8 | 0 to 23, UTC |
 */
export const CLEAN_COLUMNS = [
  ...RAW_COLUMNS,
  "title",
  "rating",
  "day_of_week",
  "hour",
] as const;

/**
 * A column that tables have which are cleaned in parts: the place of a row among all, UInt32. It tells the order of
 * rows that happened in the same second, and is no part of cleaned events.
 */
export const POSITION = "position";
