import type { Reject } from "../files/rejects.ts";
import { createRowTimes, type Times } from "./row_times.ts";

/** A line that is skipped. */
export interface SkippedLine {
  /** Its number in the inspected file; the header is line 1. */
  readonly line: number;
  /** Where it begins in the file, in bytes. */
  readonly start: number;
  /** Where the next one begins. */
  readonly end: number;
}

/** Keeps account of the rows of a CSV file as its lines are inspected, in order. */
export interface RowLog {
  /** What the next line is called in messages. */
  place(): string;
  /** Adds rows of a line each, by their times in seconds since 1970-01-01 UTC, or `NO_TIME`. */
  addSeconds(seconds: Uint32Array): void;
  /**
   * Adds a row, by its time in microseconds since 1970-01-01 UTC, `NaN` if it is missing.
   *
   * @param lines The number of its lines; default: 1.
   */
  add(microseconds: number, lines?: number): void;
  /** Skips a line, which is rejected if there is a reason. */
  skip(span: Omit<SkippedLine, "line">, row: { text: string; reason?: string }): void;
  /** The account, once all lines have been inspected. */
  finish(): RowAccount;
}

/** The rows of a CSV file, and the lines that have none. */
export interface RowAccount {
  /** The number of lines below the header. */
  readonly lines: number;
  /** The number of rows that can be read as events. */
  readonly rows: number;
  readonly rejects: readonly Reject[];
  /** Malformed and empty lines. */
  readonly skipped: readonly SkippedLine[];
  /** The time of each row. */
  readonly times: Times;
  /** The line of each row; the header of the whole file is line 1. */
  readonly lineNumbers: Uint32Array;
}

/**
 * Creates an empty account.
 *
 * @param options `name`: names the file in messages. `before`: the number of lines of other pieces
 * between the file's header and this piece. `capacity`: for how many rows there is space at first.
 */
export function createRowLog(
  { name, before, capacity }: { name: string; before: number; capacity: number },
): RowLog {
  const rejects: Reject[] = [];
  const skipped: SkippedLine[] = [];
  const jumps: Jump[] = [];
  const times = createRowTimes(capacity);
  let [line, rows] = [1, 0];
  return {
    place: () => `line ${before + line + 1} of ${name}`,
    addSeconds(seconds) {
      times.addSeconds(seconds);
      rows += seconds.length;
      line += seconds.length;
    },
    add(microseconds, lines = 1) {
      times.add(microseconds);
      rows++;
      line += lines;
      if (lines > 1) jumps.push({ row: rows, lines: lines - 1 });
    },
    skip({ start, end }, { text, reason }) {
      line++;
      jumps.push({ row: rows, lines: 1 });
      skipped.push({ line, start, end });
      if (reason !== undefined) rejects.push({ file: name, line: before + line, reason, text });
    },
    finish: () => ({
      lines: line - 1,
      rows,
      rejects,
      skipped,
      times: times.finish(),
      lineNumbers: numberLines(rows, before + 2, jumps),
    }),
  };
}

/** Lines before a row that hold no other row. */
interface Jump {
  readonly row: number;
  readonly lines: number;
}

function numberLines(rows: number, first: number, jumps: readonly Jump[]): Uint32Array {
  const numbers = new Uint32Array(rows);
  let [line, jump] = [first, 0];
  for (let row = 0; row < rows; row++, line++) {
    for (; jump < jumps.length && jumps[jump].row === row; jump++) line += jumps[jump].lines;
    numbers[row] = line;
  }
  return numbers;
}
