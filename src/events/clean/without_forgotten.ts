import pl from "nodejs-polars";

/**
 * Takes out what people did who were forgotten, up to that moment. What happened later stays: they came back.
 *
 * @param events Raw events.
 * @param forgotten When users were forgotten, by id; milliseconds since 1970-01-01 UTC.
 */
export function withoutForgotten(
  events: pl.DataFrame,
  forgotten: ReadonlyMap<string, number>,
): pl.DataFrame {
  if (forgotten.size === 0) return events;
  const gone = pl.DataFrame([
    pl.Series("forgotten_user", [...forgotten.keys()], pl.Utf8),
    pl.Series("forgotten_at", [...forgotten.values()], pl.Float64).cast(pl.Int64, true),
  ]);
  const ms = pl.col("event_time").cast(pl.Datetime("ms"), true).cast(pl.Int64, true);
  return events.lazy()
    .withColumns(pl.col("user_id").cast(pl.Utf8, true).alias("forgotten_user"))
    .join(gone.lazy(), { on: "forgotten_user", how: "left", maintainOrder: "left" })
    .filter(pl.col("forgotten_at").isNull().or(ms.gtEq(pl.col("forgotten_at")).fillNull(false)))
    .select(...events.columns)
    .collectSync();
}
