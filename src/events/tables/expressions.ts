import pl from "nodejs-polars";

/** Whether an event is of this type. */
export function isType(type: string): pl.Expr {
  return pl.col("event_type").eq(pl.lit(type));
}

/** An event's day, in days since 1970-01-01 UTC. */
export function epochDay(): pl.Expr {
  return pl.col("event_time").cast(pl.Date, true).cast(pl.Int32, true);
}

/** An event's month in UTC, in months since the start of year 0. */
export function monthIndex(): pl.Expr {
  const time = pl.col("event_time").dt;
  return time.year().cast(pl.Int32, true).mul(12).add(time.month()).sub(1).cast(pl.Int32, true);
}

/**
 * Collects a small table as plain records; the caller, who chose its columns, states their types.
 *
 * @param frame Its 64-bit integers come as `bigint` unless they are cast to another type.
 */
export async function collectRecords<Row>(frame: pl.LazyDataFrame): Promise<Row[]> {
  return (await frame.collect()).toRecords() as unknown as Row[];
}

/** Formats a month of {@linkcode monthIndex} as `2019-10`. */
export function monthName(monthIndex: number): string {
  return `${Math.floor(monthIndex / 12)}-${String(monthIndex % 12 + 1).padStart(2, "0")}`;
}
