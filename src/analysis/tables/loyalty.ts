import pl from "nodejs-polars";
import { sum } from "../../base/statistics.ts";
import { collectRecords, isType, monthIndex, monthName } from "../../events/tables/expressions.ts";

/** Users with `from` to `to` sessions. */
export interface SessionCountBin {
  readonly from: number;
  /** Infinity for the last bin. */
  readonly to: number;
  readonly users: number;
  readonly share: number;
}

/** The distribution of sessions per user. */
export interface SessionsPerUser {
  readonly users: number;
  readonly sessions: number;
  readonly mean: number;
  readonly median: number;
  readonly p75: number;
  /** All bins, including empty ones. */
  readonly bins: readonly SessionCountBin[];
}

/** How many did something, and how many repeated it. */
export interface Repeats {
  readonly all: number;
  /** Those who did it in at least two sessions. */
  readonly repeated: number;
  /** repeated / all; NaN if there are none. */
  readonly share: number;
}

/** Repeat purchases by buyers and by products. */
export interface RepeatPurchases {
  /** Users with a purchase. */
  readonly buyers: Repeats;
  /** Pairs of a user and a product they bought. */
  readonly pairs: Repeats;
}

/** A month's buyers, and those of them who bought in the next month too. */
export interface ReturningBuyers {
  /** For example `2019-10`. */
  readonly month: string;
  readonly buyers: number;
  readonly buyersAgain: number;
  readonly share: number;
}

/** The smallest number of sessions in each bin. */
const BIN_STARTS = [1, 2, 3, 4, 6, 11, 21, 51, 101];

/** Counts users by their number of sessions, from 1 to over 100. */
export async function sessionsPerUser(events: pl.LazyDataFrame): Promise<SessionsPerUser> {
  const counts = await collectRecords<{ sessions: number; users: number }>(
    events
      .groupBy(["user_id"], false)
      .agg(pl.col("user_session").nUnique().alias("sessions"))
      .groupBy(["sessions"], false)
      .agg(pl.len().alias("users"))
      .sort("sessions"),
  );
  const users = sum(counts.map(({ users }) => users));
  const sessions = sum(counts.map(({ sessions, users }) => sessions * users));
  const quantile = (q: number): number => {
    let below = 0;
    return counts.find(({ users: count }) => (below += count) >= q * users)?.sessions ?? NaN;
  };
  return {
    users,
    sessions,
    mean: sessions / users,
    median: quantile(.5),
    p75: quantile(.75),
    bins: BIN_STARTS.map((from, i) => {
      const to = (BIN_STARTS[i + 1] ?? Infinity) - 1;
      const inside = counts.filter(({ sessions }) => sessions >= from && sessions <= to);
      const usersInside = sum(inside.map(({ users }) => users));
      return { from, to, users: usersInside, share: usersInside / users };
    }),
  };
}

/** Counts the buyers who buy again, and the products bought again, in another session. */
export async function repeatPurchases(events: pl.LazyDataFrame): Promise<RepeatPurchases> {
  const purchases = events.filter(isType("purchase"));
  return {
    buyers: await countRepeats(purchases, ["user_id"]),
    pairs: await countRepeats(purchases, ["user_id", "product_id"]),
  };
}

async function countRepeats(purchases: pl.LazyDataFrame, keys: string[]): Promise<Repeats> {
  const [{ all, repeated }] = await collectRecords<{ all: number; repeated: number }>(
    purchases
      .groupBy(keys, false)
      .agg(pl.col("user_session").nUnique().alias("sessions"))
      .select(pl.len().alias("all"), pl.col("sessions").gt(1).sum().alias("repeated")),
  );
  return { all, repeated, share: repeated / all };
}

/**
 * The buyers of each month, except the last, who buy again in the next one.
 */
export async function returningBuyers(events: pl.LazyDataFrame): Promise<ReturningBuyers[]> {
  const [{ last }] = await collectRecords<{ last: number | null }>(
    events.select(monthIndex().max().alias("last")),
  );
  const buyers = events.filter(isType("purchase"))
    .select(pl.col("user_id"), monthIndex().alias("month"))
    .unique();
  const again = buyers.select(
    pl.col("user_id"),
    pl.col("month").sub(1).cast(pl.Int32, true).alias("month"),
    pl.lit(1).alias("again"),
  );
  const rows = await collectRecords<{ month: number; buyers: number; buyersAgain: number }>(
    buyers
      .join(again, { on: ["user_id", "month"], how: "left" })
      .groupBy(["month"], false)
      .agg(pl.len().alias("buyers"), pl.col("again").count().alias("buyersAgain"))
      .sort("month"),
  );
  return rows.filter(({ month }) => month !== last).map(({ month, buyers, buyersAgain }) => ({
    month: monthName(month),
    buyers,
    buyersAgain,
    share: buyersAgain / buyers,
  }));
}
