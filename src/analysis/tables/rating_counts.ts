import pl from "nodejs-polars";
import { collectRecords } from "../../events/tables/expressions.ts";

/** The events of a type with a rating. */
export interface RatingCount {
  readonly eventType: string;
  /** 1 view, 2 cart, 4 purchase; 0 for removals and the carts that they cancel. */
  readonly rating: number;
  readonly events: number;
  /** As a share of all events. */
  readonly share: number;
}

/** Counts cleaned events by type and rating, the highest rating first. */
export function ratingCounts(events: pl.LazyDataFrame): Promise<RatingCount[]> {
  return collectRecords(
    events
      .groupBy([pl.col("event_type").alias("eventType"), pl.col("rating")], false)
      .agg(pl.len().alias("events"))
      .withColumn(
        pl.col("events").cast(pl.Float64, true).div(pl.col("events").sum()).alias("share"),
      )
      .sort([pl.col("rating"), pl.col("eventType")], [true, false]),
  );
}
