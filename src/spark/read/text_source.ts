import { InputError } from "../../base/input_error.ts";
import { type CsvForm, readForm } from "../../events/read/csv/header.ts";
import { headerlessNames } from "../../events/read/csv/headerless.ts";
import { partitionsOf } from "../../events/read/files/partitions.ts";
import { NO_TIME_REASON } from "../../events/read/files/rejects.ts";
import type { FormatOptions } from "../../events/read/layouts/format_options.ts";
import { filledBy } from "../../events/read/layouts/map_columns.ts";
import { OPTIONAL_COLUMNS } from "../../interactions/catalogue.ts";
import type { SparkSession } from "../connect/session.ts";
import { fieldsSql, lineProblemSql } from "../sql/csv_fields.ts";
import { sqlText } from "../sql/quote.ts";
import { stepSql } from "../sql/step.ts";
import { isTimeSql, timeSql } from "../sql/times.ts";
import { isMissingSql } from "../sql/values.ts";
import { checkOrder } from "./check_order.ts";
import { jsonProblemSql, jsonValueSql, readJsonHead } from "./json_lines.ts";
import { rawColumns } from "./raw_columns.ts";
import { HEADER, PLACE, placedFiles, type Source } from "./source.ts";

/** How many lines of a file tell its form. */
const HEAD_LINES = 400;

/** A file of CSV or JSON lines and its form. */
export interface TextFile {
  readonly path: string;
  /** The names of its values, if it is JSON lines. */
  readonly keys?: readonly string[];
  /** Its first line, which is left out; absent if it has no header. */
  readonly header?: string;
  readonly form: CsvForm;
}

/**
 * Recognises the form of a text on the cluster from its first lines.
 *
 * @returns Nothing if the file is empty.
 * @throws {InputError} If it is neither CSV nor JSON lines of events.
 */
export async function readTextForm(
  spark: SparkSession,
  path: string,
  format: FormatOptions = {},
): Promise<TextFile | undefined> {
  const view = `head_${crypto.randomUUID().replaceAll("-", "")}`;
  await spark.view(view, placedFiles(spark, { format: "text", paths: [path] }, ["value"]));
  await checkOrder(spark, view, path);
  // Spark takes the first lines of the first block; Sail reads the whole file.
  const order = spark.server.name === "Spark" ? "" : "ORDER BY place_row ";
  const lines = await spark.rows<{ value: string }>(
    `read ${path}`,
    `SELECT value FROM ${view} ${order}LIMIT ${HEAD_LINES}`,
  );
  if (lines.length === 0) return undefined;
  const [first] = lines.map(({ value }) => value);
  refuseOtherText(first, path);
  const text = lines.map(({ value }) => value.replace(/\r$/, "")).join("\n").replace(/^\ufeff/, "");
  const partitions = partitionsOf(path);
  const json = await readJsonHead(text, path, format.columns);
  if (json !== undefined) {
    return { path, keys: json.keys, form: readForm(json.csv, path, { format, partitions }) };
  }
  const bytes = new TextEncoder().encode(text);
  const header = headerlessNames(bytes);
  const head = header === undefined ? bytes : new TextEncoder().encode(`${header}\n${text}`);
  const form = readForm(head, path, { format, partitions });
  return { path, form, ...(header === undefined && { header: first }) };
}

function refuseOtherText(line: string, path: string): void {
  const refuse = (what: string): InputError =>
    new InputError(
      `Cannot read ${path} on Spark: it ${what}; write it as CSV or Parquet, or leave out ` +
        "--engine spark",
    );
  if (/^PAR1/.test(line)) throw refuse("is Parquet, but its name doesn't end in .parquet");
  // Text in UTF-16 has a zero byte beside each letter.
  // deno-lint-ignore no-control-regex
  if (/\x00|^\ufffd/.test(line)) throw refuse("isn't text in UTF-8");
}

/**
 * Files of text with one form as a table of raw events.
 *
 * @param view What to call the table of their lines.
 */
export async function textSource(
  spark: SparkSession,
  files: readonly TextFile[],
  view: string,
): Promise<Source> {
  const [{ form, header, path, keys }] = files;
  const { map, decimal } = form;
  const paths = files.map(({ path }) => path);
  // By the functions of texts, which take a tenth of a pattern's time.
  const marked = "CASE WHEN startswith(value, '\ufeff') THEN substring(value, 2) ELSE value END";
  const line = `CASE WHEN endswith(value, '\r') THEN trim(TRAILING '\r' FROM ${marked}) ` +
    `ELSE ${marked} END AS line`;
  await spark.view(view, placedFiles(spark, { format: "text", paths }, [line]));
  const place = PLACE.join(", ");
  const { fields, problem, isEmpty, valueOf } = keys === undefined
    ? csvLines(form)
    : jsonLines(keys);
  const read = map.names.map((name, index) => ({ name, index }))
    .filter(({ name }) => !name.startsWith("column "));
  const columns = read.map(({ name, index }) => ({ name, value: `value_${index}` }));
  const raw = rawColumns(columns, { map, decimal, partitions: partitionsOf(path) });
  const time = columns.find(({ name }) => name === "event_time")!.value;
  const values = read.map(({ index }) => [`value_${index}`, valueOf(index)]);
  const lines = `SELECT *, ${fields} AS fields FROM ${view} WHERE NOT ${isEmpty}`;
  const split = stepSql(stepSql(lines, { problem }), Object.fromEntries(values));
  const timed = stepSql(split, { micros: timeSql(time) });
  const prepared = stepSql(timed, raw.prepared);
  const isHeader = header === undefined ? "false" : `line = ${sqlText(header.replace(/\r$/, ""))}`;
  return {
    files: paths,
    guesses: form.guesses,
    optional: Object.keys(OPTIONAL_COLUMNS).filter((name) =>
      map.names.some((read) => read === name || filledBy(read) === name)
    ),
    mayLackColumns: keys !== undefined,
    isCleaned: false,
    view,
    query: `
SELECT ${place}, line,
  CASE WHEN ${isHeader} THEN ${sqlText(HEADER)} WHEN problem IS NOT NULL THEN problem
    WHEN event_time IS NOT NULL THEN NULL WHEN ${isMissingSql(time)} THEN NULL
    ELSE ${sqlText(NO_TIME_REASON)} END AS problem,
  event_time, ${raw.columns.join(",\n  ")}
FROM (
  SELECT *, CASE WHEN ${isTimeSql("micros")} THEN micros END AS event_time FROM (${prepared})
)`,
  };
}

/** How lines are read: expressions of SQL. */
interface Lines {
  /** What is worked out once for each line. */
  readonly fields: string;
  /** Why a line can't be read, or null. */
  readonly problem: string;
  readonly isEmpty: string;
  /** A value by its place among the columns. */
  valueOf(index: number): string;
}

function csvLines({ map, separator }: CsvForm): Lines {
  return {
    fields: fieldsSql("line", separator),
    problem: lineProblemSql("line", { fields: "fields", separator, columns: map.names.length }),
    isEmpty: "line = ''",
    valueOf: (index) => `fields[${index}]`,
  };
}

function jsonLines(keys: readonly string[]): Lines {
  return {
    fields: "NULL",
    problem: jsonProblemSql("line", keys),
    isEmpty: "trim(line) = ''",
    valueOf: (index) => jsonValueSql("line", keys[index]),
  };
}
