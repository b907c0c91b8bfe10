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
  /**
   * How many such hours the data covers: a month has four or five of each. An hour is covered if it
   * has an event, or lies between two events at most a day apart.
   */
  readonly covered: number;
  /** Mean number of events over the covered hours; NaN if there are none. */
  readonly eventsPerHour: number;
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
  const perHour = await collectRecords<{ hour: number; events: number }>(
    events
      .groupBy([epochHour().alias("hour")], false)
      .agg(pl.len().alias("events"))
      .sort("hour"),
  );
  const counts = new Float64Array(HOURS), covered = new Float64Array(HOURS);
  perHour.forEach(({ hour, events }, i) => {
    counts[hourOfWeek(hour)] += events;
    const before = perHour[i - 1]?.hour ?? -Infinity;
    const first = hour - before <= 24 ? before + 1 : hour;
    for (let each = first; each <= hour; each++) covered[hourOfWeek(each)]++;
  });
  return Array.from(counts, (events, i) => ({
    dayOfWeek: 1 + Math.floor(i / 24),
    hour: i % 24,
    events,
    covered: covered[i],
    eventsPerHour: events / covered[i],
  }));
}

const HOURS = 7 * 24;

/** An event's hour, in hours since 1970-01-01 UTC. */
function epochHour(): pl.Expr {
  return epochDay().mul(24).add(pl.col("hour").cast(pl.Int32, true)).cast(pl.Int32, true);
}

/** From 0, Monday 0:00; 1970-01-01 was a Thursday. */
function hourOfWeek(hour: number): number {
  return (hour + 3 * 24) % HOURS;
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
