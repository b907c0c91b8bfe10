import { TIME_FORMS } from "../../../base/parse_time.ts";
import { formatCount } from "../../../base/format.ts";
import { InputError } from "../../../base/input_error.ts";
import { spreadsheetText, visibleText } from "../../../base/spreadsheet_text.ts";
import { writeWhole } from "../../../base/write_whole.ts";
import { stringify } from "../../../base/std/csv.ts";

/** A row that can't be read as an event. */
export interface Reject {
  readonly file: string;
  /** The line's number in the decompressed file; the header is line 1. */
  readonly line: number;
  readonly reason: string;
  /** The line, without its line break. */
  readonly text: string;
}

/** Why a row is rejected whose time can't be read. */
export const NO_TIME_REASON = "event_time isn't a time from 1970 to 2099 in a known form";

/** A larger share of malformed rows means that something else is wrong with the files. */
export const MAX_REJECTED_SHARE = 0.05;

/** Too many rows are malformed to use the others. */
export class TooManyRejects extends InputError {
  override readonly name = "TooManyRejects";
  /** All malformed rows, for {@linkcode writeRejects}. */
  readonly rejects: readonly Reject[];

  constructor(message: string, rejects: readonly Reject[]) {
    super(message);
    this.rejects = rejects;
  }
}

/**
 * Checks that few rows are malformed.
 *
 * @param rows The number of all rows, malformed ones included.
 * @param count The number of malformed rows, if `rejects` are only some of them.
 * @throws {TooManyRejects} If over 5% of the rows are malformed; it quotes the first few.
 */
export function checkRejects(
  rejects: readonly Reject[],
  rows: number,
  count: number = rejects.length,
): void {
  if (count <= MAX_REJECTED_SHARE * rows) return;
  const share = (100 * count / rows).toFixed(1);
  const shown = rejects.slice(0, 3).map(({ file, line, reason, text }) =>
    `\n  ${file}, line ${line}: ${reason}: ${visibleText(text.slice(0, 200))}`
  );
  const isTime = rejects.slice(0, 3).some(({ reason }) => reason === NO_TIME_REASON);
  throw new TooManyRejects(
    `Cannot read these events: at most 5% of the rows may be malformed, ` +
      `${formatCount(count)} of ${formatCount(rows)} are (${share}%):${shown.join("")}` +
      (isTime ? `\nTimes may be ${TIME_FORMS}` : ""),
    rejects,
  );
}

/**
 * Writes malformed rows to a CSV file with the columns file, line, reason, text, none of which a
 * spreadsheet evaluates.
 */
export async function writeRejects(path: string, rejects: readonly Reject[]): Promise<void> {
  const columns = ["file", "line", "reason", "text"];
  const rows = rejects.map(({ file, line, reason, text }) => ({
    file: spreadsheetText(file),
    line,
    reason: spreadsheetText(reason),
    text: spreadsheetText(text),
  }));
  const text = stringify(rows, { columns });
  await writeWhole(path, (file) => Deno.writeTextFile(file, text));
}
