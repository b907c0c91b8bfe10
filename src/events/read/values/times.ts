import pl from "nodejs-polars";
import { parseTime } from "../../../base/parse_time.ts";
import { TIME_TYPE } from "../../tables/schema.ts";
import { isMissing } from "./missing.ts";

/**
 * Reads a time from a file.
 *
 * @returns Microseconds since 1970-01-01 UTC, `NaN` if the time is missing, nothing if it can't be
 * read.
 */
export function readTime(text: string): number | undefined {
  return isMissing(text) ? NaN : parseTime(text);
}

/** A column `event_time` of times in microseconds since 1970-01-01 UTC; `NaN` is null. */
export function timeSeries(microseconds: Float64Array): pl.Series {
  const time = pl.col("event_time");
  return pl.DataFrame([pl.Series("event_time", microseconds)])
    .select(
      pl.when(time.isNan()).then(pl.lit(null)).otherwise(time).cast(pl.Int64, true)
        .cast(TIME_TYPE, true).alias("event_time"),
    )
    .getColumn("event_time");
}
