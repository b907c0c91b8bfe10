import { InputError } from "../../interactions/input_error.ts";
import type { Progress } from "../../interactions/progress.ts";
import { createFields, locateFields } from "./fields.ts";
import type { CsvHeader } from "./header.ts";
import { type LineVisitor, visitLines } from "./lines.ts";
import { createRowJudge } from "./row.ts";
import type { Reject } from "../rejects.ts";

/** What a look at every line of a CSV file finds. */
export interface CsvInspection {
  /** Rows that can be read as events. */
  readonly rows: number;
  readonly rejects: readonly Reject[];
  /** The bytes to leave out, those of malformed and empty lines: from and to by turns. */
  readonly skipped: readonly number[];
  /** Whether all rows are plain, so that every column can be parsed to its type at once. */
  readonly plain: boolean;
}

/**
 * Looks at every line of a CSV file. Polars fills short rows with nulls and lets an unclosed quotation mark
 * swallow the lines after it, so malformed rows are found here, before it reads the others.
 *
 * @param path A file that isn't compressed.
 * @param options `name`: what to call the file in messages.
 * @throws {InputError} If a line isn't UTF-8 or is longer than a mebibyte.
 */
export function inspectCsv(
  path: string,
  { header, name = path, progress }: { header: CsvHeader; name?: string; progress?: Progress },
): CsvInspection {
  const judge = createRowJudge(header);
  const fields = createFields(header.columns.length);
  const rejects: Reject[] = [];
  const skipped: number[] = [];
  let [line, rows, plain] = [1, 0, true];
  const visit: LineVisitor = (bytes, start, position) => {
    line++;
    const end = locateFields(bytes, start, fields);
    if (!fields.ascii) checkEncoding(bytes.subarray(start, end), line, name);
    const form = judge(bytes, start, fields);
    if (form === "plain") {
      rows++;
    } else if (form === "unusual") {
      rows++;
      plain = false;
    } else {
      skipped.push(position, position + end + 1 - start);
      if (form !== "empty") rejects.push({ file: name, line, ...form });
    }
    return end;
  };
  visitLines(path, { from: header.end, visit, progress });
  return { rows, rejects, skipped, plain };
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function checkEncoding(bytes: Uint8Array, line: number, name: string): void {
  try {
    decoder.decode(bytes);
  } catch {
    throw new InputError(
      `Cannot read ${name}: all of it must be UTF-8, line ${line} isn't: convert the file, for example with ` +
        "iconv -f latin1 -t utf-8",
    );
  }
}
