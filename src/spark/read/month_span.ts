import { InputError } from "../../base/input_error.ts";
import { isMonth } from "../../events/read/month.ts";

/** A month in UTC. */
export interface MonthSpan {
  /** Its begin and the next month's, in microseconds since 1970-01-01 UTC. */
  readonly from: number;
  readonly to: number;
  /** @throws {InputError} If it isn't among the months of the events; it lists them. */
  check(months: ReadonlySet<string>): void;
}

/**
 * The span of a month.
 *
 * @param month For example `2019-10`.
 * @throws {InputError} If it isn't a month.
 */
export function monthSpan(month: string): MonthSpan {
  if (!isMonth(month)) {
    throw new InputError(`Cannot read a month: it must look like 2019-10, got "${month}"`);
  }
  const [year, number] = month.split("-").map(Number);
  return {
    from: Date.UTC(year, number - 1) * 1000,
    to: Date.UTC(year, number) * 1000,
    check(months) {
      if (months.has(month)) return;
      throw new InputError(
        `Cannot read the events of ${month}: the files have none, only those of ${
          [...months].sort().join(", ")
        }`,
      );
    },
  };
}

/** The month of a time in microseconds since 1970-01-01 UTC, like `2019-10`. */
export function monthOf(time: number): string {
  return new Date(time / 1000).toISOString().slice(0, 7);
}
