import pl from "nodejs-polars";
import { UNKNOWN } from "../interactions/catalogue.ts";
import { findCancelledCarts } from "./cart_removals.ts";
import { type CleanReport, toSteps } from "./clean_report.ts";
import { findDuplicates } from "./duplicates.ts";
import { engineeredColumns } from "./engineered_columns.ts";
import { isType } from "./expressions.ts";
import { countEach, flagRows, replaceAt, toNumbers } from "./frames.ts";
import { isCleaned } from "./parquet.ts";
import { countDropped, KEPT, mark, type MarkedEvents, markFlagged, markNone } from "./row_marks.ts";
import { sampleUsers } from "./sample_users.ts";
import { CLEAN_COLUMNS, REMOVAL } from "./schema.ts";
import { deriveSessions } from "./sessions.ts";
import { VALIDITY_RULES } from "./validity_rules.ts";
import { withoutBots } from "./without_bots.ts";

/** How to clean. */
export interface CleanOptions {
  /** Users with more events than this are taken for bots and left out; default: nobody is. */
  readonly maxEventsPerUser?: number;
  /** Keep only this many users, drawn at random, with all of their events; default: all users. */
  readonly users?: number;
  /** Determines which users are drawn; default: 1. */
  readonly seed?: number;
}

/** Cleaned events, in the columns that `schema.ts` describes, and what was done to get them. */
export interface CleanedEvents {
  readonly events: pl.DataFrame;
  readonly report: CleanReport;
}

/**
 * Cleans events. Cleaning what has been cleaned before changes nothing.
 *
 * @param raw What `readEvents()` gives: typed columns, rows in the order of time.
 */
export function cleanEvents(
  raw: { readonly events: pl.DataFrame; readonly rejects?: readonly unknown[] },
  options: CleanOptions = {},
): CleanedEvents {
  const marked = markDropped(raw.events, options);
  const { events: sessioned, sessionsDerived } = fillSessions(marked.events);
  const events = isCleaned(raw.events)
    ? takeKept(sessioned)
    : takeKept(sessioned.withColumns(cancelledCarts(sessioned)), engineeredColumns());

  const rejected = raw.rejects?.length ?? 0;
  const rowsIn = rejected + raw.events.height;
  const steps = [{ step: "malformed rows", removed: rejected }, ...countDropped(marked)];
  const report = {
    rowsIn,
    steps: toSteps(rowsIn, steps),
    rowsOut: events.height,
    sessionsDerived,
    ...countEach(events, {
      zeroPrices: pl.col("price").eq(0),
      unknownBrands: pl.col("brand").eq(pl.lit(UNKNOWN)),
      unknownCategories: pl.col("category_code").eq(pl.lit(UNKNOWN)),
      removals: isType(REMOVAL),
      cartsCancelled: isType("cart").and(pl.col("rating").eq(0)),
    }),
  };
  return { events, report };
}

/** Marks, step by step, the rows to drop. */
function markDropped(
  raw: pl.DataFrame,
  { maxEventsPerUser, users, seed = 1 }: CleanOptions,
): MarkedEvents {
  let marked = markFlagged(markNone(raw), "exact duplicates", findDuplicates(raw));
  for (const { step, broken } of VALIDITY_RULES) marked = mark(marked, step, broken);
  if (maxEventsPerUser !== undefined) {
    marked = markOthers(
      marked,
      `users with more than ${maxEventsPerUser} events`,
      (events) => withoutBots(events, maxEventsPerUser),
    );
  }
  if (users !== undefined) {
    marked = markOthers(
      marked,
      `users beyond the ${users} drawn`,
      (events) => sampleUsers(events, users, seed),
    );
  }
  return marked;
}

/** Marks the rows that `choose` leaves out of those that stay. */
function markOthers(
  marked: MarkedEvents,
  step: string,
  choose: (events: pl.DataFrame) => pl.DataFrame,
): MarkedEvents {
  const kept = marked.events.lazy().filter(KEPT).select("row", "user_id").collectSync();
  const leftOut = kept.join(choose(kept), { on: "row", how: "anti" });
  const rows = toNumbers<Uint32Array>(leftOut, "row");
  return markFlagged(marked, step, flagRows("left_out", rows, marked.events.height));
}

/** Gives those rows that stay and have no session one that is derived from gaps in time. */
function fillSessions(events: pl.DataFrame): { events: pl.DataFrame; sessionsDerived: number } {
  const without = events.lazy()
    .filter(KEPT.and(pl.col("user_session").isNull()))
    .select("row", "event_time", "user_id")
    .collectSync();
  if (without.height === 0) return { events, sessionsDerived: 0 };
  const derived = deriveSessions(without);
  const sessions = derived.getColumn("derived_session").rename("user_session") as pl.Series;
  const rows = toNumbers<Uint32Array>(derived, "row");
  return {
    events: events.withColumns(replaceAt(events.getColumn("user_session"), rows, sessions)),
    sessionsDerived: without.height,
  };
}

/** A column `cancelled`, true in the rows of carts that a removal took back. */
function cancelledCarts(events: pl.DataFrame): pl.Series {
  const kept = events.lazy()
    .filter(KEPT.and(isType("cart").or(isType(REMOVAL))))
    .select("row", "event_type", "user_session", "product_id")
    .collectSync();
  return flagRows("cancelled", findCancelledCarts(kept), events.height);
}

/** Takes the rows that stay, with more columns, in the order of cleaned events. */
function takeKept(events: pl.DataFrame, columns: pl.Expr[] = []): pl.DataFrame {
  const full = events.lazy().filter(KEPT).withColumns(
    pl.col("brand").fillNull(pl.lit(UNKNOWN)),
    pl.col("category_code").fillNull(pl.lit(UNKNOWN)),
    ...columns,
  );
  return full.select(...CLEAN_COLUMNS.filter((name) => full.columns.includes(name))).collectSync({
    engine: "streaming",
  });
}
