import pl from "nodejs-polars";

/**
 * Drops what forgotten users did before they were forgotten. Later events stay: the user came back.
 *
 * @param events Raw events.
 * @param forgotten When each user was forgotten, by id; milliseconds since 1970-01-01 UTC.
 */
export function dropForgotten(
  events: pl.DataFrame,
  forgotten: ReadonlyMap<string, number>,
): pl.DataFrame {
  if (forgotten.size === 0) return events;
  const byUser = pl.DataFrame([
    pl.Series("forgotten_user", [...forgotten.keys()], pl.Utf8),
    pl.Series("forgotten_at", [...forgotten.values()], pl.Float64).cast(pl.Int64, true),
  ]);
  const ms = pl.col("event_time").cast(pl.Datetime("ms"), true).cast(pl.Int64, true);
  return events.lazy()
    .withColumns(pl.col("user_id").cast(pl.Utf8, true).alias("forgotten_user"))
    .join(byUser.lazy(), { on: "forgotten_user", how: "left", maintainOrder: "left" })
    .filter(pl.col("forgotten_at").isNull().or(ms.gtEq(pl.col("forgotten_at")).fillNull(false)))
    .select(...events.columns)
    .collectSync();
}
