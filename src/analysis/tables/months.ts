import pl from "nodejs-polars";
import { InputError } from "../../base/input_error.ts";
import { findFiles } from "../../events/read/files/glob.ts";
import { readInPieces } from "../../events/read/read.ts";
import {
  collectRecords,
  epochDay,
  monthIndex,
  monthName,
} from "../../events/tables/expressions.ts";

/** How much of a month the events cover, UTC. */
export interface MonthCoverage {
  /** For example `2019-10`. */
  readonly month: string;
  /** Rows before cleaning. */
  readonly events: number;
  /** Days with events. */
  readonly days: number;
}

/** The month to train on, and why. */
export interface MonthChoice {
  /** Absent if all events are to be used. */
  readonly month?: string;
  readonly reason: string;
}

/** A month with events on fewer days is a part of one. */
const FULL_DAYS = 25;

/**
 * Counts events and days by month, in order. Files are read in pieces, so they may be larger than
 * memory.
 *
 * @param patterns Paths and glob patterns.
 * @throws {InputError} As `readEvents()` does.
 */
export async function monthsIn(patterns: readonly string[]): Promise<MonthCoverage[]> {
  const counts = new Map<number, { events: number; days: Set<number> }>();
  await readInPieces(await findFiles(patterns), {}, async (events) => {
    const days = await collectRecords<{ month: number; day: number; events: number }>(
      events.lazy()
        .filter(pl.col("event_time").isNotNull())
        .groupBy([monthIndex().alias("month"), epochDay().alias("day")], false)
        .agg(pl.len().alias("events")),
    );
    for (const { month, day, events } of days) {
      const entry = counts.get(month) ?? { events: 0, days: new Set() };
      counts.set(month, { events: entry.events + events, days: entry.days.add(day) });
    }
  });
  return [...counts].sort(([a], [b]) => a - b).map(([month, { events, days }]) => ({
    month: monthName(month),
    events,
    days: days.size,
  }));
}

/**
 * Chooses the latest month that the events cover: it says most about what people will do next, and
 * one month is enough to compare models. If none is covered, all events are used.
 *
 * @param months At least one, in order.
 * @param wanted The analyst's own choice, if any.
 * @throws {InputError} If there are no events of the month wanted.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const october = { month: "2019-10", events: 4_102_283, days: 31 };
 * const november = { month: "2019-11", events: 999, days: 1 };
 * assertEquals(chooseMonth([october, november]).month, "2019-10");
 * ```
 */
export function chooseMonth(months: readonly MonthCoverage[], wanted?: string): MonthChoice {
  if (wanted) {
    if (months.some(({ month }) => month === wanted)) {
      return { month: wanted, reason: `${wanted} is used, as asked for.` };
    }
    throw new InputError(
      `Cannot use month "${wanted}": it must be one that has events (--month), one of ` +
        months.map(({ month }) => month).join(", "),
    );
  }
  if (months.length === 1) return { reason: `All events are of ${months[0].month}.` };
  const latest = months.findLast(({ days }) => days >= FULL_DAYS)?.month;
  const count = months.length;
  return latest === undefined
    ? { reason: `All ${count} months are used: none has events on ${FULL_DAYS} days or more.` }
    : {
      month: latest,
      reason: `${latest} is used, the latest of ${count} months with events on at least ` +
        `${FULL_DAYS} days: it says most about what people will do next, and one month is enough ` +
        "to compare models. `deno task lab --month 2019-10` chooses another.",
    };
}
