import pl from "nodejs-polars";
import { isBroken } from "./broken.ts";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { findCancelledCarts } from "./cart_removals.ts";
import {
  excludesUsers,
  findExcludedUsers,
  type UserExclusion,
  type UserOptions,
} from "./excluded_users.ts";
import { type CleanReport, toSteps } from "./clean_report.ts";
import { findDuplicates } from "./duplicates.ts";
import { engineeredColumns } from "./engineered_columns.ts";
import { isType } from "../tables/expressions.ts";
import { countEach, flagRows, replaceAt, toNumbers } from "../tables/frames.ts";
import { isCleaned } from "../read/parquet.ts";
import {
  countDropped,
  dropFlagged,
  dropWhere,
  type FilteredEvents,
  keepAll,
  KEPT,
} from "./row_filter.ts";
import { REMOVAL } from "../tables/event_types.ts";
import { CLEAN_COLUMNS, POSITION } from "../tables/schema.ts";
import { deriveSessions } from "./sessions.ts";
import { DUPLICATES, VALIDITY_RULES } from "./validity_rules.ts";

/** How to clean. */
export type CleanOptions = UserOptions;

/** Cleaned events, with the columns that `schema.ts` describes, and a report of the cleaning. */
export interface CleanedEvents {
  readonly events: pl.DataFrame;
  readonly report: CleanReport;
}

/** Events to clean. */
export interface EventsToClean {
  /** As `readEvents()` returns them: typed columns, rows in time order. */
  readonly events: pl.DataFrame;
  /** Rows that couldn't be read, counted in the report; default: none. */
  readonly rejects?: readonly unknown[];
  /** The number of events that `--types` ignores; default: 0. */
  readonly ignored?: number;
}

/** Cleans events. Cleaning events twice changes nothing. */
export function cleanEvents(raw: EventsToClean, options: CleanOptions = {}): CleanedEvents {
  const filtered = dropInvalid(raw.events);
  const users = excludesUsers(options) ? findExcludedUsers(countByUser(filtered), options) : [];
  return finishCleaning(raw, users.reduce(dropUsers, filtered));
}

/**
 * Cleans one part of a table of events. A part holds whole sessions, or all events of a user
 * without a session.
 *
 * @param users The users to exclude, found over all parts.
 */
export function cleanPart(part: EventsToClean, users: readonly UserExclusion[]): CleanedEvents {
  return finishCleaning(part, users.reduce(dropUsers, dropInvalid(part.events)));
}

/** Counts the valid events of each user in a part: columns user_id and events. */
export function countUsers(part: pl.DataFrame): pl.DataFrame {
  return countByUser(dropInvalid(part));
}

/** Drops duplicates and invalid rows. */
function dropInvalid(raw: pl.DataFrame): FilteredEvents {
  const duplicates = findDuplicates(raw.select(...raw.columns.filter((name) => name !== POSITION)));
  const filtered = dropFlagged(keepAll(raw), DUPLICATES, duplicates);
  return VALIDITY_RULES.reduce(
    (filtered, { step, broken }) => dropWhere(filtered, step, isBroken(broken)),
    filtered,
  );
}

function countByUser({ events }: FilteredEvents): pl.DataFrame {
  return events.lazy()
    .filter(KEPT)
    .groupBy(["user_id"])
    .agg(pl.len().alias("events"))
    .collectSync();
}

/** Drops the rows of excluded users. */
function dropUsers(filtered: FilteredEvents, { step, users }: UserExclusion): FilteredEvents {
  const theirs = filtered.events.lazy()
    .filter(KEPT)
    .select("row", "user_id")
    .join(users.lazy(), { on: "user_id", how: "semi" })
    .collectSync();
  const rows = toNumbers<Uint32Array>(theirs, "row");
  return dropFlagged(filtered, step, flagRows("excluded", rows, filtered.events.height));
}

function finishCleaning(raw: EventsToClean, filtered: FilteredEvents): CleanedEvents {
  const { events: sessioned, sessionsDerived } = fillSessions(filtered.events);
  const events = isCleaned(raw.events)
    ? takeKept(sessioned)
    : takeKept(sessioned.withColumns(cancelledCarts(sessioned)), engineeredColumns());

  const rejected = raw.rejects?.length ?? 0;
  const ignored = raw.ignored ?? 0;
  const rowsIn = rejected + ignored + raw.events.height;
  const steps = [
    { step: "malformed rows", removed: rejected },
    { step: "events ignored by --types", removed: ignored },
    ...countDropped(filtered),
  ];
  const report = {
    rowsIn,
    steps: toSteps(rowsIn, steps),
    rowsOut: events.height,
    sessionsDerived,
    ...countEach(events, {
      zeroPrices: pl.col("price").eq(0),
      missingPrices: pl.col("price").isNull(),
      unknownBrands: pl.col("brand").eq(pl.lit(UNKNOWN)),
      unknownCategories: pl.col("category_code").eq(pl.lit(UNKNOWN)),
      removals: isType(REMOVAL),
      cartsCancelled: isType("cart").and(pl.col("rating").eq(0)),
    }),
  };
  return { events, report };
}

/** Fills in the missing sessions of kept rows with ones derived from gaps in time. */
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

/** A column `cancelled`, true for each cart that a removal cancelled. */
function cancelledCarts(events: pl.DataFrame): pl.Series {
  const kept = events.lazy()
    .filter(KEPT.and(isType("cart").or(isType(REMOVAL))))
    .select("row", "event_type", "user_id", "user_session", "product_id")
    .collectSync();
  return flagRows("cancelled", findCancelledCarts(kept), events.height);
}

/** Selects the kept rows, with `added` columns, and puts the columns in their final order. */
function takeKept(events: pl.DataFrame, added: pl.Expr[] = []): pl.DataFrame {
  const full = events.lazy().filter(KEPT).withColumns(
    pl.col("brand").fillNull(pl.lit(UNKNOWN)),
    pl.col("category_code").fillNull(pl.lit(UNKNOWN)),
    ...added,
  );
  const columns = [...CLEAN_COLUMNS, POSITION].filter((name) => full.columns.includes(name));
  return full.select(...columns).collectSync({ engine: "streaming" });
}
