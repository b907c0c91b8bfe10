import pl from "nodejs-polars";
import { EVENT_WEIGHTS } from "../interactions/event_weights.ts";
import { isType } from "./expressions.ts";

/**
 * The columns that cleaning adds: the implicit rating, the day of the week (1 Monday to 7 Sunday) and the hour,
 * both UTC.
 * They need a column `cancelled`, true where a later removal took the cart back.
 */
export function engineeredColumns(): pl.Expr[] {
  const weight = Object.entries(EVENT_WEIGHTS).reduce(
    (others: pl.Expr, [type, weight]) =>
      pl.when(isType(type)).then(pl.lit(weight)).otherwise(others),
    pl.lit(0),
  );
  const time = pl.col("event_time").dt;
  return [
    pl.when(pl.col("cancelled")).then(pl.lit(0)).otherwise(weight).cast(pl.Float32, true).alias(
      "rating",
    ),
    time.weekday().cast(pl.UInt8, true).alias("day_of_week"),
    time.hour().cast(pl.UInt8, true).alias("hour"),
  ];
}
