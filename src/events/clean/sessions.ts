import pl from "nodejs-polars";

/** A derived session ends when its user does nothing for longer than this. */
export const SESSION_GAP_MINUTES = 30;

/**
 * Derives sessions for events without one: a user's session lasts as long as no gap between its
 * events is longer than {@linkcode SESSION_GAP_MINUTES}. Its id joins the user's and the time of
 * its first event, as in `541312140-20191001T023005`.
 *
 * @param events Columns row, event_time, user_id; rows in time order.
 * @returns Columns row and derived_session.
 */
export function deriveSessions(events: pl.DataFrame): pl.DataFrame {
  const [time, user] = [pl.col("event_time"), pl.col("user_id")];
  const microseconds = time.cast(pl.Int64, true);
  const gap = microseconds.sub(microseconds.shift(1));
  const begins = user.neq(user.shift(1)).or(gap.gt(SESSION_GAP_MINUTES * 60e6)).fillNull(true);
  const id = pl.concatString([user, time.dt.strftime("%Y%m%dT%H%M%S")], "-") as pl.Expr;
  return events.lazy()
    .sort(["user_id", "row"])
    .select(
      pl.col("row"),
      pl.when(begins).then(id).otherwise(pl.lit(null)).forwardFill().alias("derived_session"),
    )
    .collectSync();
}
