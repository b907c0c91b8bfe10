import { InputError } from "../../base/input_error.ts";
import { type CsvForm, readForm } from "../../events/read/csv/header.ts";
import { headerlessNames } from "../../events/read/csv/headerless.ts";
import { partitionsOf } from "../../events/read/files/partitions.ts";
import { NO_TIME_REASON } from "../../events/read/files/rejects.ts";
import type { FormatOptions } from "../../events/read/layouts/format_options.ts";
import { filledBy } from "../../events/read/layouts/map_columns.ts";
import { OPTIONAL_COLUMNS } from "../../interactions/catalogue.ts";
import type { SparkSession } from "../connect/session.ts";
import { fieldSql, fieldsSql, lineProblemSql } from "../sql/csv_fields.ts";
import { sqlText } from "../sql/quote.ts";
import { timePartsSql, timeSql } from "../sql/times.ts";
import { isMissingSql } from "../sql/values.ts";
import { rawColumns } from "./raw_columns.ts";
import { HEADER, PLACE, placedFiles, type Source } from "./source.ts";

/** How many lines of a file tell its form. */
const HEAD_LINES = 400;

/** A file of CSV and its form. */
export interface CsvFile {
  readonly path: string;
  /** Its first line, which is left out; absent if it has no header. */
  readonly header?: string;
  readonly form: CsvForm;
}

/**
 * Recognises the form of a CSV file on the cluster from its first lines.
 *
 * @returns Nothing if the file is empty.
 * @throws {InputError} If it isn't a CSV file of events.
 */
export async function readCsvForm(
  spark: SparkSession,
  path: string,
  format: FormatOptions = {},
): Promise<CsvFile | undefined> {
  const view = `head_${crypto.randomUUID().replaceAll("-", "")}`;
  await spark.view(view, placedFiles(spark, { format: "text", paths: [path] }, ["value"]));
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
  const bytes = new TextEncoder().encode(text);
  const header = headerlessNames(bytes);
  const head = header === undefined ? bytes : new TextEncoder().encode(`${header}\n${text}`);
  const form = readForm(head, path, { format, partitions: partitionsOf(path) });
  return { path, form, ...(header === undefined && { header: first }) };
}

function refuseOtherText(line: string, path: string): void {
  const refuse = (what: string): InputError =>
    new InputError(
      `Cannot read ${path} on Spark: it ${what}; write it as CSV or Parquet, or leave out ` +
        "--engine spark",
    );
  if (/^\ufeff?\s*\{\s*["}]/.test(line)) throw refuse("is JSON lines");
  if (/^PAR1/.test(line)) throw refuse("is Parquet, but its name doesn't end in .parquet");
  // Text in UTF-16 has a zero byte beside each letter.
  // deno-lint-ignore no-control-regex
  if (/\x00|^\ufffd/.test(line)) throw refuse("isn't text in UTF-8");
}

/**
 * Files of CSV with one form as a table of raw events.
 *
 * @param view What to call the table of their lines.
 */
export async function csvSource(
  spark: SparkSession,
  files: readonly CsvFile[],
  view: string,
): Promise<Source> {
  const [{ form, header, path }] = files;
  const { map, separator, decimal } = form;
  const paths = files.map(({ path }) => path);
  const line = "regexp_replace(value, '^\\ufeff|\\r$', '') AS line";
  await spark.view(view, placedFiles(spark, { format: "text", paths }, [line]));
  const place = PLACE.join(", ");
  const fields = fieldsSql("line", separator);
  const columns = map.names.map((name, i) => ({ name, value: fieldSql("fields", i) }))
    .filter(({ name }) => !name.startsWith("column "));
  const problem = lineProblemSql("line", {
    fields: "fields",
    separator,
    columns: map.names.length,
  });
  const time = columns.find(({ name }) => name === "event_time")!.value;
  const isHeader = header === undefined ? "false" : `line = ${sqlText(header.replace(/\r$/, ""))}`;
  return {
    files: paths,
    guesses: form.guesses,
    optional: Object.keys(OPTIONAL_COLUMNS).filter((name) =>
      map.names.some((read) => read === name || filledBy(read) === name)
    ),
    isCleaned: false,
    view,
    query: `
SELECT ${place}, line,
  CASE WHEN ${isHeader} THEN ${sqlText(HEADER)} WHEN problem IS NOT NULL THEN problem
    WHEN event_time IS NOT NULL THEN NULL WHEN ${isMissingSql("time_text")} THEN NULL
    ELSE ${sqlText(NO_TIME_REASON)} END AS problem,
  event_time, ${rawColumns(columns, { map, decimal, partitions: partitionsOf(path) }).join(",\n  ")}
FROM (
  SELECT *, ${timeSql("time_text", "time_parts")} AS event_time FROM (
    SELECT *, ${timePartsSql("time_text")} AS time_parts FROM (
      SELECT *, ${problem} AS problem, ${time} AS time_text FROM (
        SELECT *, ${fields} AS fields FROM ${view} WHERE line <> ''
      )
    )
  )
)`,
  };
}
