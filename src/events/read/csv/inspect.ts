import type { Progress } from "../../../base/progress.ts";
import { NO_TIME_REASON } from "../files/rejects.ts";
import { readTime } from "../values/times.ts";
import { decodeLine } from "./encoding.ts";
import { LINE_BUFFER, type LineSpan, type LineVisitor, visitLines } from "./lines.ts";
import { UNCLOSED } from "./quotes.ts";
import { createRowScanner, OTHER_TIME } from "./row_scanner.ts";
import { createRowLog, type RowAccount } from "./row_log.ts";
import { createRowReader, readLongRow } from "./unusual_rows.ts";

/** The result of inspecting every line of a CSV file; lines from `rest` on are skipped as one. */
export interface CsvInspection extends RowAccount {
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
  const readRow = createRowReader(columns, separator, plainPrices);
  const log = createRowLog({ name, before, capacity: LINE_BUFFER });
  let plain = plainPrices || !columns.includes("price");
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
    let from = 0;
    for (const field of scanner.otherTimes) {
      const row = scanned.indexOf(OTHER_TIME, from);
      log.addSeconds(scanned.subarray(from, row));
      from = row + 1;
      const time = readTime(fieldAt(bytes, field, separator));
      if (time !== undefined) log.add(time);
      else {
        const begin = Math.max(start, bytes.lastIndexOf(NEWLINE, field) + 1);
        const end = bytes.indexOf(NEWLINE, field);
        const text = decodeLine(bytes.subarray(begin, end), log.place());
        const span = { start: position + begin - start, end: position + end + 1 - start };
        log.skip(span, { text, reason: NO_TIME_REASON });
      }
    }
    log.addSeconds(scanned.subarray(from));
  };
  const inspectRow = (bytes: Uint8Array, span: LineSpan): number => {
    const end = bytes.indexOf(NEWLINE, span.start);
    const text = decodeLine(bytes.subarray(span.start, end), log.place());
    const row = text === "" ? undefined : readRow(text);
    if (row === UNCLOSED) {
      const long = readLongRow(bytes, span, readRow, log.place());
      if (long === "more") return span.start - 1;
      if (long === "continues" && continues) {
        rest = span.position;
        return span.end - 1;
      }
      if (typeof long === "object") {
        plain = false;
        log.add(long.time, long.lines);
        return long.end;
      }
    }
    unusual = true;
    if (typeof row === "object") {
      plain &&= row.plain;
      log.add(row.time);
    } else {
      const line = { start: span.position, end: span.position + end + 1 - span.start };
      log.skip(line, { text, reason: row });
    }
    return end;
  };
  visitLines(path, { from, visit, buffer: scanner.bytes, name, progress });
  const { lines, skipped, ...rows } = log.finish();
  // What another piece reads again must not be read here.
  const tail = rest === undefined ? [] : [{ line: lines + 2, start: rest, end: sizeOf(path) }];
  return {
    ...rows,
    lines,
    skipped: [...skipped, ...tail],
    plain: plain && rest === undefined && scanner.numbersPlain,
    mayMiss: unusual || scanner.mayMiss,
    ...(rest !== undefined && { rest }),
  };
}

function sizeOf(path: string): number {
  return Deno.statSync(path).size;
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
