import pl from "nodejs-polars";
import { EVENT_WEIGHTS } from "../../interactions/event_weights.ts";
import { isType } from "../tables/expressions.ts";

/**
 * The columns that cleaning adds: the implicit rating, the day of the week (1 Monday to 7 Sunday)
 * and the hour, both in UTC. They need a column `cancelled`, true for each cart that a later
 * removal cancelled.
 */
export function engineeredColumns(): pl.Expr[] {
  const weight = Object.entries(EVENT_WEIGHTS).reduce(
    (others: pl.Expr, [type, weight]) =>
      pl.when(isType(type)).then(pl.lit(weight)).otherwise(others),
    pl.lit(0),
  );
  const moment = pl.col("event_time").cast(pl.Datetime("us"), true);
  return [
    pl.when(pl.col("cancelled")).then(pl.lit(0)).otherwise(weight).cast(pl.Float32, true).alias(
      "rating",
    ),
    moment.dt.weekday().cast(pl.UInt8, true).alias("day_of_week"),
    // Going through the time of day takes a quarter of the time of dt.hour() on a timestamp.
    moment.cast(pl.Time, true).dt.hour().cast(pl.UInt8, true).alias("hour"),
  ];
}
