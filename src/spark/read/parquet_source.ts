import { InputError } from "../../base/input_error.ts";
import { checkColumns } from "../../events/read/csv/header.ts";
import { partitionsOf } from "../../events/read/files/partitions.ts";
import { NO_TIME_REASON } from "../../events/read/files/rejects.ts";
import type { FormatOptions } from "../../events/read/layouts/format_options.ts";
import { filledBy, mapColumns } from "../../events/read/layouts/map_columns.ts";
import { isKnownColumn } from "../../events/tables/columns.ts";
import { OPTIONAL_COLUMNS } from "../../interactions/catalogue.ts";
import type { SparkSession } from "../connect/session.ts";
import { sqlName, sqlText } from "../sql/quote.ts";
import { stepSql } from "../sql/step.ts";
import { isTimeSql, timeSql } from "../sql/times.ts";
import { isMissingSql } from "../sql/values.ts";
import { checkOrder } from "./check_order.ts";
import { rawColumns } from "./raw_columns.ts";
import { PLACE, placedFiles, type Source } from "./source.ts";

/** The columns that cleaning adds, and what they are in Arrow. */
const ENGINEERED = { rating: /^Float/, day_of_week: /^U?Int/, hour: /^U?Int/ } as const;

const NESTED = /^(Struct|List|FixedSizeList|Map|LargeList)/;

/**
 * Parquet files as a table of raw events.
 *
 * @param view What to call the table of their rows.
 * @throws {InputError} If they lack a column, or have a nested one.
 */
export async function parquetSource(
  spark: SparkSession,
  paths: readonly string[],
  { view, format = {} }: { view: string; format?: FormatOptions },
): Promise<Source> {
  const options = paths.length > 1 ? { mergeSchema: "true" } : undefined;
  await spark.view(view, placedFiles(spark, { format: "parquet", paths, options }, ["*"]));
  await checkOrder(spark, view, paths[0]);
  const all = await spark.columns(`read ${paths[0]}`, `SELECT * FROM ${view}`);
  const columns = all.filter(({ name }) => !(PLACE as readonly string[]).includes(name));
  const partitions = partitionsOf(paths[0]);
  const names = columns.map(({ name }) => name);
  const map = mapColumns(names, format.columns, partitions);
  checkColumns(names, map, paths[0]);
  const read = columns.map(({ name, type }, i) => ({ source: name, type, name: map.names[i] }))
    .filter(({ name }) => isKnownColumn(name) || filledBy(name) !== undefined);
  for (const { name, type } of read) {
    if (!NESTED.test(type)) continue;
    throw new InputError(
      `Cannot read ${paths[0]}: ${name} must be a column of plain values, it is nested (${
        /^\w+/.exec(type)
      }); ` +
        "write the value that is meant as a column of its own",
    );
  }
  const isCleaned = Object.entries(ENGINEERED).every(([name, form]) =>
    columns.some((column) => column.name === name && form.test(column.type))
  );
  const time = read.find(({ name }) => name === "event_time")!;
  const { text, micros } = timeOf(sqlName(time.source), time.type);
  const values = read.filter(({ name }) => name !== "event_time").map(({ name, source, type }) => ({
    name,
    value: valueOf(name, sqlName(source), type),
    isNumber: name === "price" && !/Utf8/.test(type),
  }));
  const shown = read.map(({ source }) => `coalesce(CAST(${sqlName(source)} AS STRING), '')`);
  const raw = rawColumns(values, { map, decimal: format.decimal ?? ".", partitions });
  const rows = `SELECT *, ${text} AS time_text FROM ${view}`;
  const timed = stepSql(rows, { time_micros: micros ?? timeSql("time_text") });
  const prepared = stepSql(timed, raw.prepared);
  return {
    files: paths,
    guesses: map.guesses,
    optional: Object.keys(OPTIONAL_COLUMNS).filter((name) =>
      map.names.some((read) => read === name || filledBy(read) === name)
    ),
    mayLackColumns: false,
    isCleaned,
    view,
    query: `
SELECT ${PLACE.join(", ")}, ${`concat_ws(',', ${shown.join(", ")})`} AS line,
  CASE WHEN event_micros IS NOT NULL THEN NULL
    WHEN ${micros ? `time_text` : isMissingSql("time_text")} THEN NULL
    ELSE ${sqlText(NO_TIME_REASON)} END AS problem,
  event_micros AS event_time, ${raw.columns.join(",\n  ")}${
      isCleaned ? ",\n  rating AS old_rating, day_of_week AS old_day_of_week, hour AS old_hour" : ""
    }
FROM (
  SELECT *, CASE WHEN ${isTimeSql("time_micros")} THEN time_micros END AS event_micros
  FROM (${prepared})
)`,
  };
}

/**
 * A time as text, or (for columns of times) whether it is missing, and in microseconds if that
 * needs no reading.
 */
function timeOf(column: string, type: string): { text: string; micros?: string } {
  const moment = /^Timestamp|^Date/.test(type);
  if (!moment) {
    const whole = /^Float/.test(type) ? `CAST(${column} AS BIGINT)` : column;
    return { text: `CAST(${whole} AS STRING)` };
  }
  return { text: `${column} IS NULL`, micros: `unix_micros(CAST(${column} AS TIMESTAMP))` };
}

/** Integers that were written as floating-point numbers keep all their digits as text. */
function valueOf(name: string, column: string, type: string): string {
  if (name === "price") return /Utf8/.test(type) ? column : `CAST(${column} AS DOUBLE)`;
  if (!/^Float/.test(type)) return column;
  return `CASE WHEN ${column} = floor(${column}) AND abs(${column}) < 1e15 ` +
    `THEN concat(CAST(CAST(${column} AS BIGINT) AS STRING), '.0') ` +
    `ELSE CAST(${column} AS STRING) END`;
}
