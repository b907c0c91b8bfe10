import pl from "nodejs-polars";
import { InputError } from "../../base/input_error.ts";
import { monthIndex, monthName } from "../tables/expressions.ts";

/** Whether a text names a month, as `2019-10` does. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** Keeps the events of one month of a table that comes in pieces. */
export interface MonthFilter {
  /** The piece's events of that month, UTC, and those without a time. */
  keep(events: pl.DataFrame): pl.DataFrame;
  /** @throws {InputError} If no event was in the month; it says which months there were. */
  check(): void;
}

/**
 * Makes a filter that keeps one month's events.
 *
 * @param month For example `2019-10`; where it is absent, the filter keeps all.
 * @throws {InputError} If this is no month.
 */
export function createMonthFilter(month?: string): MonthFilter {
  if (month === undefined) return { keep: (events) => events, check: () => {} };
  if (!isMonth(month)) {
    throw new InputError(`Cannot read a month: it must look like 2019-10, got "${month}"`);
  }
  const [year, number] = month.split("-").map(Number);
  const wanted = 12 * year + number - 1;
  const seen = new Set<number>();
  return {
    keep(events) {
      const withMonth = events.withColumns(monthIndex().alias("month"));
      const months = withMonth.select(pl.col("month").dropNulls().unique()).getColumn("month");
      for (const month of months.toArray() as number[]) seen.add(month);
      const kept = pl.col("month").eq(wanted).or(pl.col("month").isNull());
      return withMonth.filter(kept).drop("month");
    },
    check() {
      if (seen.has(wanted)) return;
      const months = [...seen].sort((a, b) => a - b).map(monthName).join(", ");
      throw new InputError(
        `Cannot read the events of ${month}: the files hold none, they hold those of ${months}`,
      );
    },
  };
}
