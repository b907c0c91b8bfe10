import { InputError } from "../../../base/input_error.ts";
import { nearestName } from "../../../base/nearest_name.ts";
import { COLUMN_NAMES, COLUMNS } from "../../tables/columns.ts";
import { HEAD_BYTES } from "../files/file_kind.ts";
import type { Partitions } from "../files/partitions.ts";
import type { FormatOptions } from "../layouts/format_options.ts";
import { type ColumnMap, mapColumns } from "../layouts/map_columns.ts";
import { type DecimalMark, findDecimalMark } from "../values/prices.ts";
import { splitQuoted } from "./quotes.ts";

/** The form of a CSV file: its columns, and how its fields and prices are written. */
export interface CsvForm {
  readonly map: ColumnMap;
  readonly separator: string;
  readonly decimal: DecimalMark;
  /** What was guessed, in words. */
  readonly guesses: readonly string[];
}

/** What is known of a file besides its content. */
export interface FormFacts {
  readonly format?: FormatOptions;
  readonly partitions?: Partitions;
}

/** The separators that are recognised, and what messages call them. */
const SEPARATORS: Readonly<Record<string, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
};

/** Where the second line begins, in bytes. */
export function endOfHeader(head: Uint8Array): number {
  const newline = head.indexOf(10);
  return newline < 0 ? head.length : newline + 1;
}

/**
 * Recognises the form of a CSV file from its first bytes.
 *
 * @param name Names the file in messages.
 * @throws {InputError} If this isn't a CSV file of events: it is empty or binary, or a column is
 * missing or repeated.
 */
export function readForm(
  head: Uint8Array,
  name: string,
  { format: options = {}, partitions }: FormFacts = {},
): CsvForm {
  const lines = headLines(head, name);
  const candidates = splitHeader(lines[0], name, options.separator)
    .map((split) => ({ ...split, map: mapColumns(split.columns, options.columns, partitions) }));
  const { separator, columns, map } = candidates.reduce((best, other) =>
    other.map.missing.length < best.map.missing.length ? other : best
  );
  checkColumns(columns, map, name);
  const decimal = options.decimal ?? decimalOf(lines, separator, map);
  return {
    map,
    separator,
    decimal,
    guesses: [
      ...map.guesses,
      ...(separator === "," || options.separator
        ? []
        : [`fields separated by ${SEPARATORS[separator]} (--separator overrides)`]),
      ...(decimal === "." || options.decimal ? [] : ["prices like 12,50 (--decimal overrides)"]),
    ],
  };
}

/** The header and the first whole rows. */
function headLines(head: Uint8Array, name: string): string[] {
  if (head.length === 0) throw new InputError(`Cannot read ${name}: the file is empty`);
  if (head.includes(0)) throw notEvents(name, "it has bytes that aren't text");
  if (head.indexOf(10) < 0 && head.length === HEAD_BYTES) {
    throw notEvents(name, "its first line is too long");
  }
  const lines = new TextDecoder().decode(head).split(/\r?\n/);
  if (lines[0].trimStart().startsWith("<")) {
    throw notEvents(name, "it looks like a web page or XML");
  }
  if (/^\s*\[/.test(lines[0])) throw notEvents(name, "it is a JSON array; write an object a line");
  return head.length === HEAD_BYTES ? lines.slice(0, -1) : lines;
}

/** The header's columns by each separator that may be the file's, the likeliest first. */
function splitHeader(line: string, name: string, separator?: string) {
  const candidates = (separator ? [separator] : Object.keys(SEPARATORS))
    .map((separator) => ({ separator, columns: splitQuoted(line.trimEnd(), separator) }));
  const split = candidates.flatMap(({ separator, columns }) =>
    typeof columns === "string" ? [] : [{ separator, columns }]
  );
  if (split.length > 0) return split;
  throw notEvents(name, `its first line can't be split: ${candidates[0].columns}`);
}

/**
 * Checks that a file has the required columns.
 *
 * @throws {InputError} If one is missing or repeated.
 */
export function checkColumns(columns: readonly string[], map: ColumnMap, name: string): void {
  if (map.missing.length > 0) {
    const missing = map.missing.map((column) => {
      const nearest = nearestName(column, columns);
      return `"${column}"${nearest === undefined ? "" : ` (did you mean "${nearest}"?)`}`;
    });
    const required = COLUMN_NAMES.filter((column) => COLUMNS[column].required);
    throw new InputError(
      `Cannot read ${name}: events need the columns ${required.join(", ")}; it lacks ` +
        `${missing.join(", ")} and has ${columns.join(" | ").slice(0, 300)}. ` +
        "Name its columns with --columns, for example --columns user_id=customer_id",
    );
  }
  const repeated = columns.find((column, index) =>
    map.names.some((read, other) =>
      other !== index && !read.startsWith("column ") && columns[other] === column
    )
  );
  if (repeated !== undefined) {
    throw new InputError(`Cannot read ${name}: the column "${repeated}" must not be repeated`);
  }
}

function decimalOf(lines: readonly string[], separator: string, { names }: ColumnMap): DecimalMark {
  const price = names.indexOf("price");
  if (price < 0) return ".";
  const rows = lines.slice(1).map((line) => splitQuoted(line, separator));
  return findDecimalMark(rows.flatMap((row) => Array.isArray(row) ? row[price] ?? [] : []));
}

function notEvents(name: string, why: string): InputError {
  return new InputError(
    `Cannot read ${name}: it must be CSV, JSON lines or Parquet, also compressed, but ${why}`,
  );
}
