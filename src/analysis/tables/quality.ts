import pl from "nodejs-polars";
import { findDuplicates } from "../../events/clean/duplicates.ts";
import { collectRecords, isType } from "../../events/tables/expressions.ts";
import { EVENT_TYPES } from "../../events/tables/event_types.ts";

/** A problem of raw events: invalid or missing values. */
export interface DataIssue {
  readonly issue: string;
  readonly rows: number;
  /** As a share of all rows; NaN if there are none. */
  readonly share: number;
}

/** Users with `from` to `to` events, and their share of all events. */
export interface ActivityBin {
  readonly from: number;
  /** Infinity for the last bin. */
  readonly to: number;
  readonly users: number;
  /** As a share of all users. */
  readonly userShare: number;
  readonly events: number;
  /** As a share of all events. */
  readonly eventShare: number;
  readonly purchases: number;
}

/** The smallest number of events in each bin. */
const BIN_STARTS = [1, 2, 5, 10, 50, 100, 500, 1000];

/**
 * Counts the issues of raw events. A row can have several.
 *
 * @param raw Events from `readEvents()`, before cleaning.
 */
export async function dataIssues(raw: pl.DataFrame): Promise<DataIssue[]> {
  const price = pl.col("price");
  const issues: Readonly<Record<string, pl.Expr>> = {
    "category path missing": pl.col("category_code").isNull(),
    "brand missing": pl.col("brand").isNull(),
    "exact duplicate of an earlier row": pl.col("duplicate"),
    "price zero": price.eq(0),
    "session missing": pl.col("user_session").isNull(),
    "price missing or negative": price.gtEq(0).and(price.isFinite()).not().fillNull(true),
    "type of event unknown": pl.col("event_type").isIn([...EVENT_TYPES]).not().fillNull(true),
    "time, product or user missing": pl.col("event_time").isNull()
      .or(pl.col("product_id").isNull()).or(pl.col("user_id").isNull()),
  };
  const [counts] = await collectRecords<Record<string, number | null>>(
    raw.lazy()
      .withColumns(findDuplicates(raw))
      .select(...Object.entries(issues).map(([issue, holds]) => holds.sum().alias(issue))),
  );
  return Object.keys(issues).map((issue) => {
    const rows = counts[issue] ?? 0;
    return { issue, rows, share: rows / raw.height };
  });
}

/** Counts users by their number of events: the few with very many are bots or resellers. */
export async function eventsPerUser(events: pl.LazyDataFrame): Promise<ActivityBin[]> {
  const counts = await collectRecords<{ each: number; users: number; purchases: number }>(
    events
      .groupBy(["user_id"], false)
      .agg(pl.len().alias("each"), isType("purchase").sum().alias("purchases"))
      .groupBy(["each"], false)
      .agg(pl.len().alias("users"), pl.col("purchases").sum()),
  );
  const sum = (rows: typeof counts, of: (row: typeof counts[number]) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  const allUsers = sum(counts, ({ users }) => users);
  const allEvents = sum(counts, ({ users, each }) => users * each);
  return BIN_STARTS.map((from, i) => {
    const to = (BIN_STARTS[i + 1] ?? Infinity) - 1;
    const inside = counts.filter(({ each }) => each >= from && each <= to);
    const users = sum(inside, ({ users }) => users);
    const events = sum(inside, ({ users, each }) => users * each);
    return {
      from,
      to,
      users,
      userShare: users / allUsers,
      events,
      eventShare: events / allEvents,
      purchases: sum(inside, ({ purchases }) => purchases),
    };
  });
}
