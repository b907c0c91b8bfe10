import { InputError } from "../../../base/input_error.ts";
import { HEAD_BYTES } from "../files/file_kind.ts";
import { splitQuoted } from "./quotes.ts";
import { nearestName } from "../../../base/nearest_name.ts";
import { isKnownColumn, REQUIRED_COLUMNS } from "../../tables/schema.ts";

/** The first line of a CSV file. */
export interface CsvHeader {
  /** The columns' names, in the order of the file. */
  readonly columns: readonly string[];
  /** Where the second line begins, in bytes. */
  readonly end: number;
}

/**
 * Reads the header of a CSV file from the file's first bytes.
 *
 * @param name What to call the file in messages.
 * @throws {InputError} If this is no CSV of events: the file is empty or binary, or a column is
 * missing or there twice.
 */
export function readHeader(head: Uint8Array, name: string): CsvHeader {
  if (head.length === 0) throw new InputError(`Cannot read ${name}: the file is empty`);
  if (head.includes(0)) throw notCsv(name, "it holds bytes that no text has");
  const newline = head.indexOf(10);
  if (newline < 0 && head.length === HEAD_BYTES) throw notCsv(name, "its first line is too long");
  const end = newline < 0 ? head.length : newline + 1;
  const line = new TextDecoder().decode(head.subarray(0, end)).trimEnd();
  if (line.trimStart().startsWith("<")) throw notCsv(name, "it looks like a web page or XML");
  const columns = splitQuoted(line);
  if (typeof columns === "string") throw notCsv(name, `in its first line ${columns}`);
  checkColumns(columns, name);
  return { columns, end };
}

/**
 * Checks that a file has the columns that events need.
 *
 * @throws {InputError} If one is missing or one of them is there twice.
 */
export function checkColumns(columns: readonly string[], name: string): void {
  const missing = REQUIRED_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    const found = missing.map((column) => {
      const nearest = nearestName(column, columns);
      return `"${column}"${nearest === undefined ? "" : ` (the nearest there is "${nearest}")`}`;
    });
    throw new InputError(
      `Cannot read ${name}: its first line must name the columns ${REQUIRED_COLUMNS.join(", ")}, ` +
        `separated by commas; it lacks ${found.join(", ")} and has ${
          columns.join(" | ").slice(0, 300)
        }`,
    );
  }
  const twice = columns.find((column, index) =>
    isKnownColumn(column) && columns.indexOf(column) < index
  );
  if (twice !== undefined) {
    throw new InputError(
      `Cannot read ${name}: each column must stand once, "${twice}" is there twice`,
    );
  }
}

function notCsv(name: string, why: string): InputError {
  return new InputError(`Cannot read ${name}: it must be CSV, CSV.gz or Parquet, but ${why}`);
}
