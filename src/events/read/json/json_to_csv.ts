import { InputError } from "../../../base/input_error.ts";
import { COLUMN_NAMES, COLUMNS, plainName } from "../../tables/columns.ts";
import type { Reject } from "../files/rejects.ts";
import type { PeekedChunks } from "../files/text_chunks.ts";
import type { OwnColumns } from "../layouts/map_columns.ts";
import { type FlatObject, flatten, parseObject } from "./flatten.ts";

/** JSON lines as CSV, and what becomes of their lines. */
export interface JsonAsCsv {
  /** A header, then a row for each object, or for each of its items. */
  readonly chunks: AsyncGenerator<Uint8Array>;
  /** The line of the JSON file that a line of the CSV comes from. */
  lineOf(csvLine: number): number;
  /** The lines that aren't JSON objects, of those read since the last call. */
  takeRejects(): Reject[];
}

/** Why a line is rejected that can't be read. */
export const NO_OBJECT = "the line isn't a JSON object";

/** Whether a text is JSON lines, by its first bytes. */
export function isJsonLines(head: Uint8Array): boolean {
  return /^\ufeff?\s*\{\s*["}]/.test(new TextDecoder().decode(head.subarray(0, 1000)));
}

/**
 * Turns JSON lines into CSV, which is read by the same rules as any other. Its columns are all that
 * the first objects have, and all that events may have.
 *
 * @param options `name`: names the file in messages. `own`: the shop's own names of columns.
 * @throws {InputError} If the value of a column of events is an object.
 */
export function jsonToCsv(
  { head, chunks }: PeekedChunks,
  { name, own = {} }: { name: string; own?: OwnColumns },
): JsonAsCsv {
  const columns = headerOf(head);
  const indexOf = createColumnIndex(columns, (key) => checkFlat(key, name, own));
  const lines: number[] = [0];
  let rejects: Reject[] = [];

  async function* convert(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode(columns.map(quote).join(",") + "\n");
    let line = 0;
    for await (const batch of linesOf(chunks)) {
      const rows: string[] = [];
      for (const text of batch) {
        line++;
        if (text.trim() === "") continue;
        const object = parseObject(text);
        if (object === undefined) {
          rejects.push({ file: name, line, reason: NO_OBJECT, text });
          continue;
        }
        for (const flat of flatten(object)) {
          const row = toRow(flat, columns.length, indexOf);
          rows.push(row);
          for (let lineFeed = 0; lineFeed >= 0; lineFeed = row.indexOf("\n", lineFeed + 1)) {
            lines.push(line);
          }
        }
      }
      if (rows.length > 0) yield encoder.encode(rows.join("\n") + "\n");
    }
  }
  return {
    chunks: convert(),
    lineOf: (csvLine) => lines[csvLine - 1],
    takeRejects() {
      const taken = rejects;
      rejects = [];
      return taken;
    },
  };
}

/** The keys of the first objects, and the columns of events that aren't among them. */
export function headerOf(head: Uint8Array): string[] {
  const keys = new Set<string>();
  for (const line of new TextDecoder().decode(head).split("\n")) {
    for (const flat of flatten(parseObject(line) ?? {})) {
      for (const key of Object.keys(flat)) keys.add(key);
    }
  }
  const plain = new Set(Array.from(keys, plainName));
  return [...keys, ...COLUMN_NAMES.filter((name) => !isCovered(name, plain))];
}

/** Whether a column is there under one of its names. */
function isCovered(column: (typeof COLUMN_NAMES)[number], plain: ReadonlySet<string>): boolean {
  return [column, ...COLUMNS[column].names].some((name) => plain.has(plainName(name)));
}

/** Finds the column of a key, also of one that the first objects don't have. */
function createColumnIndex(
  columns: readonly string[],
  checkNew: (key: string) => void,
): (key: string) => number {
  const plain = new Map(columns.map((name, index) => [plainName(name), index]));
  const known = new Map<string, number>();
  return (key) => {
    const index = known.get(key);
    if (index !== undefined) return index;
    checkNew(key);
    const exact = columns.indexOf(key);
    const found = exact >= 0
      ? exact
      : plain.get(plainName(key)) ?? plain.get(plainName(columnNamed(key) ?? "")) ?? -1;
    known.set(key, found);
    return found;
  };
}

/** The column of events that shops give this name. */
function columnNamed(key: string): string | undefined {
  const plain = plainName(key);
  return COLUMN_NAMES.find((column) =>
    [column, ...COLUMNS[column].names].some((name) => plainName(name) === plain)
  );
}

function toRow(
  flat: FlatObject,
  width: number,
  indexOf: (key: string) => number,
): string {
  const fields = new Array<string>(width).fill("");
  for (const [key, value] of Object.entries(flat)) {
    const index = indexOf(key);
    if (index >= 0) fields[index] ||= quote(value);
  }
  return fields.join(",");
}

/** A nested value of a column would be lost without a word, unless the shop names it. */
function checkFlat(key: string, name: string, own: OwnColumns): void {
  const outer = key.slice(0, Math.max(0, key.indexOf(".")));
  const column = columnNamed(outer);
  if (column === undefined || Object.values(own).includes(key)) return;
  throw new InputError(
    `Cannot read ${name}: ${outer} must be a plain value, it is an object with ${key}; name the ` +
      `value that is meant: --columns ${column}=${key}`,
  );
}

function quote(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** The lines of a text, in batches. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield lines;
  }
  yield [rest + decoder.decode()];
}
