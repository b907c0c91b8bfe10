import pl from "nodejs-polars";

/** Leaves out all events of users who have more than `most` of them. */
export function withoutBots(events: pl.DataFrame, most: number): pl.DataFrame {
  const bots = events.lazy()
    .groupBy(["user_id"])
    .agg(pl.len().alias("events"))
    .filter(pl.col("events").gt(most))
    .collectSync();
  return events.join(bots, { on: "user_id", how: "anti" });
}
