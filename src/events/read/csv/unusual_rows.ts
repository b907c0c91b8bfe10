import { formatCounted } from "../../../base/format.ts";
import { columnsOf } from "../../tables/columns.ts";
import { NO_TIME_REASON } from "../files/rejects.ts";
import { readTime } from "../values/times.ts";
import { decodeLine } from "./encoding.ts";
import type { LineSpan } from "./lines.ts";
import { splitQuoted, UNCLOSED } from "./quotes.ts";

const NEWLINE = 10;
const QUOTE = 34;

/**
 * A quoted field may span at most this many lines; otherwise its quote is taken for a stray one.
 */
const MOST_LINES = 1000;

const PLAIN_INTEGER = /^(?:0|[1-8]\d{0,18}|9\d{0,17})?$/;
const PLAIN_DECIMAL = /^(?:-?(?:\d+\.?\d*|\.\d+))?$/;

/** A row that isn't of the usual form, but can be read. */
export interface UnusualRow {
  /** Microseconds since 1970-01-01 UTC; `NaN` if missing. */
  readonly time: number;
  /** Whether only its time is unusual. */
  readonly plain: boolean;
}

/** Creates a function that reads a row, or says why it can't be read as an event. */
export function createRowReader(
  columns: readonly string[],
  separator: string,
  plainPrices: boolean,
): (row: string) => UnusualRow | string {
  const timeAt = columns.indexOf("event_time");
  const ids: readonly string[] = columnsOf("id");
  const numbers = columns.flatMap((name, index) =>
    ids.includes(name)
      ? [{ index, form: PLAIN_INTEGER }]
      : name === "price" && plainPrices
      ? [{ index, form: PLAIN_DECIMAL }]
      : []
  );
  return (row) => {
    const fields = splitQuoted(row, separator);
    if (typeof fields === "string") return fields;
    if (fields.length !== columns.length) {
      return `${formatCounted(fields.length, "field")}, not ${columns.length}`;
    }
    const time = readTime(fields[timeAt]);
    if (time === undefined) return NO_TIME_REASON;
    const plain = !row.includes('"') &&
      numbers.every(({ index, form }) => form.test(fields[index]));
    return { time, plain };
  };
}

/** A row whose quoted fields span several lines. */
export interface LongRow {
  readonly time: number;
  readonly lines: number;
  /** The position of the line feed after it. */
  readonly end: number;
}

/**
 * Reads a row that a quoted field continues on the next lines.
 *
 * @returns `more` if further lines have to be read first, `continues` if the file ends before the
 * row, and nothing if the quote is a stray one.
 */
export function readLongRow(
  bytes: Uint8Array,
  { start, end, extensible, continues }: LineSpan,
  read: (row: string) => UnusualRow | string,
  place: string,
): LongRow | "more" | "continues" | undefined {
  let stop = bytes.indexOf(NEWLINE, start);
  for (let lines = 1; lines <= MOST_LINES;) {
    const quote = bytes.indexOf(QUOTE, stop + 1);
    if (quote < 0 || quote >= end) {
      if (extensible) return "more";
      const isLong = continues || lines + countLines(bytes, stop + 1, end) > MOST_LINES;
      return isLong ? undefined : "continues";
    }
    const last = bytes.indexOf(NEWLINE, quote);
    lines += countLines(bytes, stop + 1, last + 1);
    stop = last;
    const row = read(decodeLine(bytes.subarray(start, stop), place));
    if (typeof row === "object") return { time: row.time, lines, end: stop };
    if (row !== UNCLOSED) return undefined;
  }
  return undefined;
}

function countLines(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at++) if (bytes[at] === NEWLINE) lines++;
  return lines;
}
