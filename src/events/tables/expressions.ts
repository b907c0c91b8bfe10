import pl from "nodejs-polars";

/** Whether an event is of this type. */
export function isType(type: string): pl.Expr {
  return pl.col("event_type").eq(pl.lit(type));
}

/** An event's day, from the count of days since 1970-01-01 UTC. */
export function epochDay(): pl.Expr {
  return pl.col("event_time").cast(pl.Date, true).cast(pl.Int32, true);
}

/** An event's month, UTC, counted from the year 0 on, so that the next month is one more. */
export function monthIndex(): pl.Expr {
  const time = pl.col("event_time").dt;
  return time.year().cast(pl.Int32, true).mul(12).add(time.month()).sub(1).cast(pl.Int32, true);
}

/**
 * Collects a small table as plain records, typed by the caller, who chose its columns.
 *
 * @param frame Its 64-bit integers are cast to another type before, or they come as `bigint`.
 */
export async function collectRecords<Row>(frame: pl.LazyDataFrame): Promise<Row[]> {
  return (await frame.collect()).toRecords() as unknown as Row[];
}

/** `2019-10` for a month counted as {@linkcode monthIndex} does. */
export function monthName(monthIndex: number): string {
  return `${Math.floor(monthIndex / 12)}-${String(monthIndex % 12 + 1).padStart(2, "0")}`;
}
