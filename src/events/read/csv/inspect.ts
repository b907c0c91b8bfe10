import type { Progress } from "../../../base/progress.ts";
import type { Reject } from "../files/rejects.ts";
import { decodeLine } from "./encoding.ts";
import type { CsvHeader } from "./header.ts";
import { LINE_BUFFER, type LineVisitor, visitLines } from "./lines.ts";
import { rowProblem } from "./row_problem.ts";
import { createRowScanner } from "./row_scanner.ts";

/** A line that is left out. */
export interface SkippedLine {
  /** Its number in the file that was inspected, the header being line 1. */
  readonly line: number;
  /** Where it begins in the file, in bytes. */
  readonly start: number;
  /** Where the next one begins. */
  readonly end: number;
}

/** What a look at every line of a CSV file finds. */
export interface CsvInspection {
  /** Lines below the header. */
  readonly lines: number;
  /** Rows that can be read as events. */
  readonly rows: number;
  readonly rejects: readonly Reject[];
  /** The lines to leave out: malformed and empty ones. */
  readonly skipped: readonly SkippedLine[];
  /**
   * When each of the rows happened, in seconds since 1970-01-01 UTC, `NO_TIME` where it has no
   * time; absent where not all rows have the usual form, so that columns must be read as text
   * before they get their types.
   */
  readonly times?: Uint32Array;
}

const NEWLINE = 10;

/** There is room for the times of so many rows at first: at least for those of one scan. */
const FIRST_TIMES = LINE_BUFFER;

/**
 * Looks at every line of a CSV file. Polars fills short rows with nulls and lets an unclosed
 * quotation mark swallow the lines after it, so malformed rows are found here, before it reads the
 * others.
 *
 * @param path A file that isn't compressed.
 * @param options `name`: what to call the file in messages. `before`: where it is a piece of
 * another file, how many lines that one has between its header and this piece.
 * @throws {InputError} If a line that needs a closer look isn't UTF-8, or one is longer than a
 * mebibyte.
 */
export function inspectCsv(
  path: string,
  { header, name = path, before = 0, progress }: {
    header: CsvHeader;
    name?: string;
    before?: number;
    progress?: Progress;
  },
): CsvInspection {
  const scanner = createRowScanner(header.columns, { capacity: LINE_BUFFER });
  const rejects: Reject[] = [];
  const skipped: SkippedLine[] = [];
  let times = new Uint32Array(FIRST_TIMES);
  let [line, rows, unusual] = [1, 0, 0];

  const visit: LineVisitor = (bytes, { start, end, position }) => {
    const next = scanner.scan(start, end);
    const scanned = scanner.times;
    if (rows + scanned.length > times.length) times = twiceAsLong(times);
    times.set(scanned, rows);
    rows += scanned.length;
    line += scanned.length;
    return next === end ? end - 1 : lookClosely(bytes, next, position + next - start);
  };
  const lookClosely = (bytes: Uint8Array, start: number, position: number): number => {
    line++;
    const end = bytes.indexOf(NEWLINE, start);
    const text = decodeLine(bytes.subarray(start, end), `line ${before + line} of ${name}`);
    const reason = text === "" ? undefined : rowProblem(text, header.columns);
    if (text !== "" && reason === undefined) {
      rows++;
      unusual++;
    } else {
      skipped.push({ line, start: position, end: position + end + 1 - start });
      if (reason !== undefined) rejects.push({ file: name, line: before + line, reason, text });
    }
    return end;
  };
  visitLines(path, { from: header.end, visit, buffer: scanner.bytes, name, progress });
  const plain = unusual === 0 && scanner.numbersPlain;
  const lines = line - 1;
  return { lines, rows, rejects, skipped, ...(plain && { times: times.subarray(0, rows) }) };
}

function twiceAsLong(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(2 * values.length);
  longer.set(values);
  return longer;
}
