import pl from "nodejs-polars";

/** Without a session of the shop's, one ends when its user does nothing for longer than this. */
export const SESSION_GAP_MINUTES = 30;

/**
 * Gives a session to the events that have none: those of one user belong together as long as no gap between
 * them is longer than {@linkcode SESSION_GAP_MINUTES}. Its id is the user's and the time of its first event,
 * for example `541312140-20191001T023005`.
 *
 * @param events Columns event_time, user_id, user_session; rows in the order of time.
 * @returns The same events, each with a session.
 */
export function deriveSessions(events: pl.DataFrame): pl.DataFrame {
  const missing = pl.col("user_session").isNull();
  const derived = sessionsByGaps(
    events.select("event_time", "user_id", "user_session").withRowIndex("row").filter(missing),
  );
  if (derived.height === 0) return events;
  return events
    .withRowIndex("row")
    .join(derived, { on: "row", how: "left", maintainOrder: "left" })
    .withColumns(pl.col("user_session").fillNull(pl.col("derived")))
    .drop(["row", "derived"]);
}

/** The session of each row, by row number. */
function sessionsByGaps(events: pl.DataFrame): pl.DataFrame {
  const [time, user] = [pl.col("event_time"), pl.col("user_id")];
  const gap = time.cast(pl.Int64, true).sub(time.cast(pl.Int64, true).shift(1));
  const begins = user.neq(user.shift(1)).or(gap.gt(SESSION_GAP_MINUTES * 60e6)).fillNull(true);
  const name = pl.concatString([user, time.dt.strftime("%Y%m%dT%H%M%S")], "-") as pl.Expr;
  return events
    .sort(["user_id", "row"])
    .withColumns(begins.alias("begins"))
    .select(
      pl.col("row"),
      pl.when(pl.col("begins")).then(name).otherwise(pl.lit(null)).forwardFill().alias("derived"),
    );
}
