import type { Progress } from "../../../base/progress.ts";
import { NO_TIME_REASON, type Reject } from "../files/rejects.ts";
import { readTime } from "../values/times.ts";
import { decodeLine } from "./encoding.ts";
import { LINE_BUFFER, type LineSpan, type LineVisitor, visitLines } from "./lines.ts";
import { UNCLOSED } from "./quotes.ts";
import { createRowScanner, OTHER_TIME } from "./row_scanner.ts";
import { createRowTimes } from "./row_times.ts";
import { createRowReader, readLongRow } from "./unusual_rows.ts";

/** A line that is skipped. */
export interface SkippedLine {
  /** Its number in the inspected file; the header is line 1. */
  readonly line: number;
  /** Where it begins in the file, in bytes. */
  readonly start: number;
  /** Where the next one begins. */
  readonly end: number;
}

/** The result of inspecting every line of a CSV file. */
export interface CsvInspection {
  /** The number of lines below the header, without those from `rest` on. */
  readonly lines: number;
  /** The number of rows that can be read as events. */
  readonly rows: number;
  readonly rejects: readonly Reject[];
  /** The lines to skip: malformed and empty ones, and all from `rest` on as one. */
  readonly skipped: readonly SkippedLine[];
  /** The time of each row in seconds since 1970-01-01 UTC, or `NO_TIME`; or in microseconds. */
  readonly times: { seconds: Uint32Array } | { microseconds: Float64Array };
  /** The line of each row; the header of the whole file is line 1. */
  readonly lineNumbers: Uint32Array;
  /** Whether ids and prices are plain numbers, and no field is quoted. */
  readonly plain: boolean;
  /** Whether a text may be a word for a missing value, such as `NULL`. */
  readonly mayMiss: boolean;
  /** Where the last row begins, if it goes on in the next piece; in bytes. */
  readonly rest?: number;
}

/** How to inspect a CSV file. */
export interface InspectOptions {
  /** What the columns are read as, in file order. */
  readonly columns: readonly string[];
  readonly separator?: string;
  /** Where the second line begins, in bytes. */
  readonly from: number;
  /** Names the file in messages. */
  readonly name?: string;
  /**
   * If the file is a piece of another one: that one's number of lines between its header and this
   * piece.
   */
  readonly before?: number;
  /** Whether rows of another piece follow; default: no. */
  readonly continues?: boolean;
  /** Whether prices may be read as plain numbers; default: yes. */
  readonly plainPrices?: boolean;
  readonly progress?: Progress;
}

const NEWLINE = 10;
const RETURN = 13;

/**
 * Inspects every line of a CSV file. Polars fills short rows with nulls and lets an unclosed quote
 * swallow the lines after it, so malformed rows are found here, before it reads the others.
 *
 * @param path An uncompressed file.
 * @throws {InputError} If an unusual line isn't UTF-8, or a line is longer than a mebibyte.
 */
export function inspectCsv(path: string, options: InspectOptions): CsvInspection {
  const { columns, separator = ",", from, name = path, before = 0, progress } = options;
  const { continues = false, plainPrices = true } = options;
  const scanner = createRowScanner(columns, { capacity: LINE_BUFFER, separator, plainPrices });
  const rowReader = createRowReader(columns, separator, plainPrices);
  const rejects: Reject[] = [];
  const skipped: SkippedLine[] = [];
  const jumps: Jump[] = [];
  const times = createRowTimes(LINE_BUFFER);
  let [line, rows, plain] = [1, 0, plainPrices || !columns.includes("price")];
  let rest: number | undefined;
  let unusual = false;

  const visit: LineVisitor = (bytes, span) => {
    const next = scanner.scan(span.start, span.end);
    addScanned(bytes, span);
    if (next === span.end) return span.end - 1;
    const position = span.position + next - span.start;
    // Asking for more lines is possible unless this row is the first of a full buffer.
    const extensible = span.extensible || (span.continues && next > span.start);
    const handled = inspectRow(bytes, { ...span, start: next, position, extensible });
    return handled < next ? next - 1 : handled;
  };
  /** Adds the rows of a scan; times of other forms are read one by one. */
  const addScanned = (bytes: Uint8Array, { start, position }: LineSpan): void => {
    const scanned = scanner.times;
    const others = scanner.otherTimes;
    let from = 0;
    for (const field of others) {
      const row = scanned.indexOf(OTHER_TIME, from);
      addSeconds(scanned.subarray(from, row));
      from = row + 1;
      const time = readTime(fieldAt(bytes, field, separator));
      if (time === undefined) {
        const begin = Math.max(start, bytes.lastIndexOf(NEWLINE, field) + 1);
        const end = bytes.indexOf(NEWLINE, field);
        const place = `line ${before + line + 1} of ${name}`;
        const text = decodeLine(bytes.subarray(begin, end), place);
        skip({
          start: position + begin - start,
          bytes: end + 1 - begin,
          reason: NO_TIME_REASON,
          text,
        });
      } else {
        times.add(time);
        rows++;
        line++;
      }
    }
    addSeconds(scanned.subarray(from));
  };
  const addSeconds = (seconds: Uint32Array): void => {
    times.addSeconds(seconds);
    rows += seconds.length;
    line += seconds.length;
  };
  const skip = (row: { start: number; bytes: number; reason?: string; text: string }): void => {
    const { start, bytes, reason, text } = row;
    line++;
    jumps.push({ row: rows, lines: 1 });
    skipped.push({ line, start, end: start + bytes });
    if (reason !== undefined) rejects.push({ file: name, line: before + line, reason, text });
  };
  const inspectRow = (bytes: Uint8Array, span: LineSpan): number => {
    const end = bytes.indexOf(NEWLINE, span.start);
    const place = `line ${before + line + 1} of ${name}`;
    const text = decodeLine(bytes.subarray(span.start, end), place);
    const row = text === "" ? undefined : rowReader(text);
    if (row === UNCLOSED) {
      const long = readLongRow(bytes, span, (text) => rowReader(text), place);
      if (long === "more") return span.start - 1;
      if (long === "continues" && continues) {
        rest = span.position;
        plain = false;
        skipped.push({ line: line + 1, start: rest, end: Deno.statSync(path).size });
        return span.end - 1;
      }
      if (typeof long === "object") {
        plain = false;
        times.add(long.time);
        rows++;
        line += long.lines;
        jumps.push({ row: rows, lines: long.lines - 1 });
        return long.end;
      }
    }
    unusual = true;
    if (typeof row === "object") {
      plain &&= row.plain;
      times.add(row.time);
      rows++;
      line++;
    } else skip({ start: span.position, bytes: end + 1 - span.start, reason: row, text });
    return end;
  };
  visitLines(path, { from, visit, buffer: scanner.bytes, name, progress });
  return {
    lines: line - 1,
    rows,
    rejects,
    skipped,
    times: times.finish(),
    lineNumbers: numberLines(rows, before + 2, jumps),
    plain: plain && scanner.numbersPlain,
    mayMiss: unusual || scanner.mayMiss,
    ...(rest !== undefined && { rest }),
  };
}

/** The text of a field of plain characters, as times are. */
function fieldAt(bytes: Uint8Array, start: number, separator: string): string {
  const end = separator.charCodeAt(0);
  let text = "";
  for (let at = start; bytes[at] !== end && bytes[at] !== NEWLINE && bytes[at] !== RETURN; at++) {
    text += String.fromCharCode(bytes[at]);
  }
  return text;
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
