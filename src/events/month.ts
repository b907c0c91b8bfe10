import pl from "nodejs-polars";
import { InputError } from "../interactions/input_error.ts";
import { monthIndex, monthName } from "./expressions.ts";

/** Whether a text names a month, as `2019-10` does. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/**
 * Keeps the events of one month, UTC, and those without a time.
 *
 * @param month For example `2019-10`.
 * @throws {InputError} If this is no month, or no event is in it; it says which months there are.
 */
export function onlyMonth(events: pl.DataFrame, month: string): pl.DataFrame {
  if (!isMonth(month)) {
    throw new InputError(`Cannot read a month: it must look like 2019-10, got "${month}"`);
  }
  const [year, number] = month.split("-").map(Number);
  const wanted = 12 * year + number - 1;
  const withMonth = events.withColumns(monthIndex().alias("month"));
  const months = withMonth.select(pl.col("month").dropNulls().unique().sort()).getColumn("month")
    .toArray() as number[];
  if (!months.includes(wanted)) {
    throw new InputError(
      `Cannot read the events of ${month}: the files hold none, they hold those of ${
        months.map(monthName).join(", ")
      }`,
    );
  }
  const kept = pl.col("month").eq(wanted).or(pl.col("month").isNull());
  return withMonth.filter(kept).drop("month");
}
