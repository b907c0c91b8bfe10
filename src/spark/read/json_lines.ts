import { InputError } from "../../base/input_error.ts";
import { headerOf, isJsonLines, jsonToCsv, NO_OBJECT } from "../../events/read/json/json_to_csv.ts";
import { parseObject } from "../../events/read/json/flatten.ts";
import type { OwnColumns } from "../../events/read/layouts/map_columns.ts";
import {
  COLUMN_NAMES,
  type ColumnName,
  COLUMNS,
  isKnownColumn,
} from "../../events/tables/columns.ts";
import { sqlText } from "../sql/quote.ts";

/** The first lines of a file of JSON lines, as CSV. */
export interface JsonHead {
  /** The names of its values: those of nested ones have dots. */
  readonly keys: readonly string[];
  /** A header of the keys, and the lines. */
  readonly csv: Uint8Array<ArrayBuffer>;
}

/** Why a line is rejected whose list of items would make rows of their own. */
const ITEMS = "the line has a list of items, which only one machine reads";

/** Why a line is rejected whose list may have parameters, by their keys. */
const OBJECTS = "the line has a list of objects, which only one machine reads";

/** Why a line is rejected whose value would be lost, or become a text of JSON. */
const NESTED = "the value of a column is an object or a list, it must be a plain value";

/** The end of a line. */
const END = String.raw`\}\s*$`;

/** The end of an object and the first name of another; quotes within a text have a backslash. */
const TWO_OBJECTS = String.raw`\}\s*\{\s*"[^"\\]*"\s*:`;

/** A name and a list of objects, not within a text. */
const LIST_OF_OBJECTS = String.raw`[^\\]"\s*:\s*\[\s*\{`;

/**
 * The first lines as CSV, by which their form is recognised.
 *
 * @returns Nothing if they aren't JSON lines.
 * @throws {InputError} If they have lists of objects, or the value of a column is an object.
 */
export async function readJsonHead(
  text: string,
  path: string,
  own?: OwnColumns,
): Promise<JsonHead | undefined> {
  const head = new TextEncoder().encode(text);
  if (!isJsonLines(head)) return undefined;
  for (const line of text.split("\n")) refuseLists(parseObject(line) ?? {}, path);
  const { chunks } = jsonToCsv({ head, chunks: only(head) }, { name: path, own });
  const csv = await new Response(ReadableStream.from(chunks)).bytes();
  return { keys: headerOf(head), csv };
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

function refuseLists(object: Readonly<Record<string, unknown>>, path: string): void {
  for (const [key, value] of Object.entries(object)) {
    if (!Array.isArray(value) || !value.some((one) => typeof one === "object")) continue;
    throw new InputError(
      `Cannot read ${path} on Spark: ${key} is a list of objects, which only one machine reads; ` +
        "leave out --engine spark, or write a line for each object",
    );
  }
}

/**
 * Why a line can't be read, as an expression; null if it can. Functions of JSON read the first
 * object of a line and pass over what follows, and give lists and objects as texts.
 *
 * @param keys See {@linkcode JsonHead.keys}: a column that is nested in the first lines may be.
 */
export function jsonProblemSql(line: string, keys: readonly string[]): string {
  const matches = (pattern: string) => `${line} RLIKE ${sqlText(pattern)}`;
  const names = COLUMN_NAMES.flatMap(namesOf)
    .filter((name) => !keys.some((key) => key.startsWith(`${name}.`)));
  const values = names.map((name) => `get_json_object(${line}, ${sqlText(`$['${name}']`)})`);
  const isNested = `${matches(String.raw`"(${names.join("|")})"\s*:\s*[\[{]`)} AND ` +
    `(${
      values.map((value) => `coalesce(${value} RLIKE ${sqlText("^[\\[{]")}, false)`).join(" OR ")
    })`;
  return `CASE WHEN json_object_keys(${line}) IS NULL OR NOT ${matches(END)} ` +
    `OR ${matches(TWO_OBJECTS)} THEN ${sqlText(NO_OBJECT)} ` +
    `WHEN get_json_object(${line}, '$.items') LIKE '[%' THEN ${sqlText(ITEMS)} ` +
    `WHEN ${matches(LIST_OF_OBJECTS)} THEN ${sqlText(OBJECTS)} ` +
    `WHEN ${isNested} THEN ${sqlText(NESTED)} END`;
}

/**
 * A value of a line as text, as an expression; null if it isn't there.
 *
 * @param key One of {@linkcode JsonHead.keys}. For a column of events, the first of its names that
 *   the line has.
 * @throws {InputError} If it has a character that no path of JSON can name.
 */
export function jsonValueSql(line: string, key: string): string {
  const names = isKnownColumn(key) ? namesOf(key) : [key];
  const paths = names.flatMap((name) => {
    if (/['[\]*\\]/.test(name)) {
      throw new InputError(
        `Cannot read ${JSON.stringify(name)} on Spark: the name of a value must be without ` +
          "quotes, brackets, asterisks and backslashes; rename it, or leave out --engine spark",
      );
    }
    const nested = name.split(".").map((part) => `['${part}']`).join("");
    return name.includes(".") ? [`$['${name}']`, `$${nested}`] : [`$${nested}`];
  });
  const values = paths.map((path) => `get_json_object(${line}, ${sqlText(path)})`);
  return values.length === 1 ? values[0] : `coalesce(${values.join(", ")})`;
}

/** How lines may call a column of which the first ones have nothing. */
function namesOf(column: ColumnName): string[] {
  return [column, ...COLUMNS[column].names].flatMap((name) => {
    const camelCase = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    return camelCase === name ? [name] : [name, camelCase];
  });
}
