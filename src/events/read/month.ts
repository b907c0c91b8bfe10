import pl from "nodejs-polars";
import { InputError } from "../../base/input_error.ts";
import { monthIndex, monthName } from "../tables/expressions.ts";

/** Whether a text is a month like `2019-10`. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** Keeps one month's events of a table that is read in pieces. */
export interface MonthFilter {
  /** The piece's events of that month, UTC, and those without a time. */
  keep(events: pl.DataFrame): pl.DataFrame;
  /** @throws {InputError} If no event was in that month; it lists the months found. */
  check(): void;
}

/**
 * Creates a filter that keeps one month's events.
 *
 * @param month For example `2019-10`; default: keep all events.
 * @throws {InputError} If it isn't a month.
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
        `Cannot read the events of ${month}: the files have none, only those of ${months}`,
      );
    },
  };
}
