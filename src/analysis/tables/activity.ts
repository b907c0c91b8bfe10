import pl from "nodejs-polars";
import { isoDate, SECONDS_PER_DAY } from "../../base/time.ts";
import { collectRecords, epochDay, isType } from "../../events/tables/expressions.ts";
import { REMOVAL } from "../../events/tables/event_types.ts";

/** The events of one hour of the week, UTC. */
export interface HourOfWeek {
  /** 1 Monday to 7 Sunday. */
  readonly dayOfWeek: number;
  /** 0 to 23. */
  readonly hour: number;
  readonly events: number;
  readonly purchases: number;
  /**
   * Mean number of events in this hour, over all such days of the week: a month has four or five.
   */
  readonly eventsPerDay: number;
  readonly purchasesPerDay: number;
}

/** The events of one day, UTC. */
export interface DayActivity {
  /** For example `2019-10-31`. */
  readonly date: string;
  readonly views: number;
  readonly carts: number;
  readonly removals: number;
  readonly purchases: number;
}

/** Events by hour of the week: all 168 hours from Monday 0:00, also those without events. */
export async function hoursOfWeek(events: pl.LazyDataFrame): Promise<HourOfWeek[]> {
  const perHour = await collectRecords<Counts & { dayOfWeek: number; hour: number }>(
    events
      .groupBy([pl.col("day_of_week").alias("dayOfWeek"), pl.col("hour")], false)
      .agg(pl.len().alias("events"), isType("purchase").sum().alias("purchases")),
  );
  const days = await collectRecords<{ dayOfWeek: number; days: number }>(
    events
      .groupBy([pl.col("day_of_week").alias("dayOfWeek")], false)
      .agg(epochDay().nUnique().alias("days")),
  );
  const counts = new Map(perHour.map((row) => [24 * row.dayOfWeek + row.hour, row]));
  const daysOf = new Map(days.map(({ dayOfWeek, days }) => [dayOfWeek, days]));
  return Array.from({ length: 7 * 24 }, (_, i) => {
    const dayOfWeek = 1 + Math.floor(i / 24);
    const { events, purchases } = counts.get(24 + i) ?? { events: 0, purchases: 0 };
    const days = daysOf.get(dayOfWeek) ?? 1;
    return {
      dayOfWeek,
      hour: i % 24,
      events,
      purchases,
      eventsPerDay: events / days,
      purchasesPerDay: purchases / days,
    };
  });
}

interface Counts {
  readonly events: number;
  readonly purchases: number;
}

/** Events by day, in order; days without events are omitted. */
export async function activityByDay(events: pl.LazyDataFrame): Promise<DayActivity[]> {
  const days = await collectRecords<Omit<DayActivity, "date"> & { day: number }>(
    events
      .groupBy([epochDay().alias("day")], false)
      .agg(
        isType("view").sum().alias("views"),
        isType("cart").sum().alias("carts"),
        isType(REMOVAL).sum().alias("removals"),
        isType("purchase").sum().alias("purchases"),
      )
      .sort("day"),
  );
  return days.map(({ day, ...counts }) => ({ date: isoDate(SECONDS_PER_DAY * day), ...counts }));
}
