import pl from "nodejs-polars";
import { OPTIONAL_COLUMNS } from "../../interactions/catalogue.ts";
import { COLUMN_NAMES } from "./columns.ts";

/**
 * The columns that cleaning adds. A Parquet file with all three, of these types, has been cleaned
 * before.
 */
export const ENGINEERED_COLUMNS = {
  rating: pl.Float32,
  day_of_week: pl.UInt8,
  hour: pl.UInt8,
} as const;

/** What tells sessions apart: shops may give two users' sessions one number. */
export const SESSION_KEY = ["user_id", "user_session"] as const;

/** A time in UTC, in microseconds. */
export const TIME_TYPE: pl.DataType = pl.Datetime("us", "UTC");

/** The columns that events have only if a file has them and they aren't empty. */
export const OPTIONAL_NAMES: readonly string[] = Object.keys(OPTIONAL_COLUMNS);

/**
 * The columns of raw events, in this order; then those of {@linkcode OPTIONAL_NAMES} that a file
 * has, and the engineered columns if the events have been cleaned before.
 */
export const RAW_COLUMNS = COLUMN_NAMES.filter((name) => !OPTIONAL_NAMES.includes(name));

/**
 * The columns of cleaned events, in this order; rows are in time order.
 *
 * | column | type | meaning |
 * | --- | --- | --- |
 * | `event_time` | Datetime (µs, UTC) | when it happened |
 * | `event_type` | Utf8 | `view`, `cart`, `purchase` or `remove_from_cart` |
 * | `product_id` | Int64 or Utf8 | the shop's id: Int64 if all values of the column are integers |
 * | `category_id` | Int64 or Utf8 | the same; null if missing |
 * | `category_code` | Utf8 | the category's path; `unknown` if missing |
 * | `brand` | Utf8 | `unknown` if missing |
 * | `price` | Float64 | in the shop's currency, 0 or more; null if missing |
 * | `user_id` | Int64 or Utf8 | as `product_id` |
 * | `user_session` | Utf8 | the shop's, or derived from gaps of 30 minutes |
 * | `title`, `image_url`, `url` | Utf8 | only if a file has the column; null if missing |
 * | `rating` | Float32 | 1 view, 2 cart, 4 purchase; 0 for removals and for the carts they cancel |
 * | `day_of_week` | UInt8 | 1 Monday to 7 Sunday, UTC |
 * | `hour` | UInt8 | 0 to 23, UTC |
 */
export const CLEAN_COLUMNS = [
  ...RAW_COLUMNS,
  ...OPTIONAL_NAMES,
  "rating",
  "day_of_week",
  "hour",
] as const;

/**
 * A column of tables that are cleaned in parts: the row's position among all rows, UInt32. It
 * breaks ties in time and isn't part of cleaned events.
 */
export const POSITION = "position";
