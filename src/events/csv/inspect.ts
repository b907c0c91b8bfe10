import type { Progress } from "../../interactions/progress.ts";
import type { Reject } from "../rejects.ts";
import { decodeLine } from "./encoding.ts";
import type { CsvHeader } from "./header.ts";
import { type LineVisitor, visitLines } from "./lines.ts";
import { rowProblem } from "./row_problem.ts";
import { createRowScanner } from "./row_scanner.ts";

/** A line that is left out. */
export interface SkippedLine {
  /** Its number, the header being line 1. */
  readonly line: number;
  /** Where it begins in the file, in bytes. */
  readonly start: number;
  /** Where the next one begins. */
  readonly end: number;
}

/** What a look at every line of a CSV file finds. */
export interface CsvInspection {
  /** Rows that can be read as events. */
  readonly rows: number;
  readonly rejects: readonly Reject[];
  /** The lines to leave out: malformed and empty ones. */
  readonly skipped: readonly SkippedLine[];
  /** Whether all rows have the usual form, so that every column can be parsed to its type at once. */
  readonly plain: boolean;
}

const NEWLINE = 10;

/**
 * Looks at every line of a CSV file. Polars fills short rows with nulls and lets an unclosed quotation mark
 * swallow the lines after it, so malformed rows are found here, before it reads the others.
 *
 * @param path A file that isn't compressed.
 * @param options `name`: what to call the file in messages.
 * @throws {InputError} If a line that needs a closer look isn't UTF-8, or one is longer than a mebibyte.
 */
export function inspectCsv(
  path: string,
  { header, name = path, progress }: { header: CsvHeader; name?: string; progress?: Progress },
): CsvInspection {
  const scanner = createRowScanner(header.columns);
  const rejects: Reject[] = [];
  const skipped: SkippedLine[] = [];
  let [line, rows, unusual] = [1, 0, 0];

  const visit: LineVisitor = (bytes, start, position) => {
    line++;
    rows++;
    const end = scanner.scan(bytes, start);
    return end < 0 ? lookClosely(bytes, start, position) : end;
  };
  const lookClosely: LineVisitor = (bytes, start, position) => {
    const end = bytes.indexOf(NEWLINE, start);
    const text = decodeLine(bytes.subarray(start, end), `line ${line} of ${name}`);
    const reason = text === "" ? undefined : rowProblem(text, header.columns);
    if (text !== "" && reason === undefined) {
      unusual++;
    } else {
      rows--;
      skipped.push({ line, start: position, end: position + end + 1 - start });
      if (reason !== undefined) rejects.push({ file: name, line, reason, text });
    }
    return end;
  };
  visitLines(path, { from: header.end, visit, progress });
  return { rows, rejects, skipped, plain: unusual === 0 && scanner.numbersPlain };
}
