import pl from "nodejs-polars";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { findCancelledCarts } from "./cart_removals.ts";
import { chooseUsers, leavesOutUsers, type UserOptions, type UserStep } from "./choose_users.ts";
import { type CleanReport, toSteps } from "./clean_report.ts";
import { findDuplicates } from "./duplicates.ts";
import { engineeredColumns } from "./engineered_columns.ts";
import { isType } from "../tables/expressions.ts";
import { countEach, flagRows, replaceAt, toNumbers } from "../tables/frames.ts";
import { isCleaned } from "../read/parquet.ts";
import { countDropped, KEPT, mark, type MarkedEvents, markFlagged, markNone } from "./row_marks.ts";
import { CLEAN_COLUMNS, POSITION, REMOVAL } from "../tables/schema.ts";
import { deriveSessions } from "./sessions.ts";
import { VALIDITY_RULES } from "./validity_rules.ts";

/** How to clean. */
export type CleanOptions = UserOptions;

/** Cleaned events, in the columns that `schema.ts` describes, and what was done to get them. */
export interface CleanedEvents {
  readonly events: pl.DataFrame;
  readonly report: CleanReport;
}

/** Events to clean. */
export interface EventsToClean {
  /** As `readEvents()` gives them: typed columns, rows in the order of time. */
  readonly events: pl.DataFrame;
  /** Rows that couldn't be read, for the report; default: none. */
  readonly rejects?: readonly unknown[];
}

/** Cleans events. Cleaning what has been cleaned before changes nothing. */
export function cleanEvents(raw: EventsToClean, options: CleanOptions = {}): CleanedEvents {
  const marked = markWorthless(raw.events);
  const users = leavesOutUsers(options) ? chooseUsers(countByUser(marked), options) : [];
  return finishCleaning(raw, users.reduce(markUsers, marked));
}

/**
 * Cleans a part of a table of events, in which with any event are all others of its session, or of its user where it
 * has no session.
 *
 * @param users Whom to leave out, by the events of all parts.
 */
export function cleanPart(part: EventsToClean, users: readonly UserStep[]): CleanedEvents {
  return finishCleaning(part, users.reduce(markUsers, markWorthless(part.events)));
}

/** How many events each user has in a part that are worth something by themselves: columns user_id and events. */
export function countUsers(part: pl.DataFrame): pl.DataFrame {
  return countByUser(markWorthless(part));
}

/** Marks the rows to drop that are worth nothing, whoever they are of. */
function markWorthless(raw: pl.DataFrame): MarkedEvents {
  const duplicates = findDuplicates(raw.select(...raw.columns.filter((name) => name !== POSITION)));
  const marked = markFlagged(markNone(raw), "exact duplicates", duplicates);
  return VALIDITY_RULES.reduce((marked, { step, broken }) => mark(marked, step, broken), marked);
}

function countByUser({ events }: MarkedEvents): pl.DataFrame {
  return events.lazy()
    .filter(KEPT)
    .groupBy(["user_id"])
    .agg(pl.len().alias("events"))
    .collectSync();
}

/** Marks the rows of users. */
function markUsers(marked: MarkedEvents, { step, leftOut }: UserStep): MarkedEvents {
  const ofThem = marked.events.lazy()
    .filter(KEPT)
    .select("row", "user_id")
    .join(leftOut.lazy(), { on: "user_id", how: "semi" })
    .collectSync();
  const rows = toNumbers<Uint32Array>(ofThem, "row");
  return markFlagged(marked, step, flagRows("left_out", rows, marked.events.height));
}

function finishCleaning(raw: EventsToClean, marked: MarkedEvents): CleanedEvents {
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
function takeKept(events: pl.DataFrame, added: pl.Expr[] = []): pl.DataFrame {
  const full = events.lazy().filter(KEPT).withColumns(
    pl.col("brand").fillNull(pl.lit(UNKNOWN)),
    pl.col("category_code").fillNull(pl.lit(UNKNOWN)),
    ...added,
  );
  const columns = [...CLEAN_COLUMNS, POSITION].filter((name) => full.columns.includes(name));
  return full.select(...columns).collectSync({ engine: "streaming" });
}
