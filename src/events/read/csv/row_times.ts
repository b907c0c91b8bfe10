import { NO_TIME } from "./row_scanner.ts";

/** Times of rows: in seconds since 1970-01-01 UTC, or `NO_TIME`; or in microseconds, or `NaN`. */
export type Times =
  | { readonly seconds: Uint32Array }
  | { readonly microseconds: Float64Array };

/**
 * Collects the times of rows: seconds while all are whole, microseconds from the first other on.
 */
export interface RowTimes {
  /** Adds rows' times in seconds since 1970-01-01 UTC, or {@linkcode NO_TIME}. */
  addSeconds(seconds: Uint32Array): void;
  /** Adds a row's time in microseconds since 1970-01-01 UTC, `NaN` if it is missing. */
  add(microseconds: number): void;
  /** The times of all rows, in the unit in which they were collected. */
  finish(): Times;
}

/**
 * Creates an empty collection.
 *
 * @param capacity For how many rows there is space at first.
 */
export function createRowTimes(capacity: number): RowTimes {
  let seconds: Uint32Array<ArrayBuffer> | undefined = new Uint32Array(capacity);
  let microseconds: Float64Array<ArrayBuffer> = new Float64Array(0);
  let rows = 0;
  function grow(added: number): void {
    const needed = rows + added;
    if (seconds && needed > seconds.length) {
      const larger = new Uint32Array(Math.max(needed, 2 * seconds.length));
      larger.set(seconds);
      seconds = larger;
    } else if (!seconds && needed > microseconds.length) {
      const larger = new Float64Array(Math.max(needed, 2 * microseconds.length));
      larger.set(microseconds);
      microseconds = larger;
    }
  }
  return {
    addSeconds(added) {
      grow(added.length);
      if (seconds) seconds.set(added, rows);
      else for (let i = 0; i < added.length; i++) microseconds[rows + i] = fromSeconds(added[i]);
      rows += added.length;
    },
    add(time) {
      const whole = Number.isNaN(time) ? NO_TIME : time / 1e6;
      if (seconds && !Number.isInteger(whole)) {
        microseconds = Float64Array.from(seconds, fromSeconds);
        seconds = undefined;
      }
      grow(1);
      if (seconds) seconds[rows] = whole;
      else microseconds[rows] = time;
      rows++;
    },
    finish() {
      return seconds
        ? { seconds: seconds.subarray(0, rows) }
        : { microseconds: microseconds.subarray(0, rows) };
    },
  };
}

function fromSeconds(seconds: number): number {
  return seconds === NO_TIME ? NaN : seconds * 1e6;
}
