import { isoDate, MS_PER_DAY } from "../../base/time.ts";

/** The time axis of charts by day: ticks at the start of days, weeks or months, UTC. */
export interface DayAxis {
  readonly title: string;
  readonly timeUnit: "utcyearmonthdate";
  readonly axis: {
    readonly format: string;
    readonly tickCount: { readonly interval: "day" | "week" | "month"; readonly step: number };
    readonly grid: false;
  };
}

/**
 * Places ticks at days, weeks or months, whichever are few enough to read.
 *
 * @param dates The days drawn, for example `2019-10-31`.
 */
export function dayAxis(dates: readonly string[]): DayAxis {
  const times = dates.map((date) => Date.parse(date));
  const days = 1 + (Math.max(...times) - Math.min(...times)) / MS_PER_DAY;
  const tickCount = days <= 10
    ? { interval: "day", step: 1 } as const
    : days <= 45
    ? { interval: "day", step: 4 } as const
    : days <= 120
    ? { interval: "week", step: 2 } as const
    : { interval: "month", step: 1 } as const;
  return {
    title: "Day",
    timeUnit: "utcyearmonthdate",
    axis: { format: "%-d %b", tickCount, grid: false },
  };
}

/**
 * All days from the first to the last, in order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(everyDay(["2019-10-31", "2019-11-02"]), ["2019-10-31", "2019-11-01", "2019-11-02"]);
 * ```
 */
export function everyDay(dates: readonly string[]): string[] {
  const times = dates.map((date) => Date.parse(date));
  const first = Math.min(...times);
  const days = dates.length === 0 ? 0 : 1 + (Math.max(...times) - first) / MS_PER_DAY;
  return Array.from({ length: days }, (_, day) => isoDate((first + day * MS_PER_DAY) / 1000));
}
