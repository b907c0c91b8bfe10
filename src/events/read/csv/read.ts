import pl from "nodejs-polars";
import { columnsOf, isKnownColumn } from "../../tables/columns.ts";
import { countEach } from "../../tables/frames.ts";
import { TIME_TYPE } from "../../tables/schema.ts";
import { filledBy } from "../layouts/map_columns.ts";
import { missingIn } from "../values/missing.ts";
import { TEXT_COLUMNS } from "../values/typed_events.ts";
import { timeSeries } from "../values/times.ts";
import { NO_TIME } from "./row_scanner.ts";
import type { Times } from "./row_times.ts";

/** What `pl.readCSV()` takes for a path; anything else it takes for a file's content. */
const CSV_NAME = /[^/\\]\.(csv|tsv)$/;

/** The types of the columns with numbers in plain rows; the others are text. */
const PLAIN_TYPES: Readonly<Record<string, pl.DataType>> = {
  ...Object.fromEntries(columnsOf("id").map((name) => [name, pl.Int64])),
  price: pl.Float64,
};

/** What a CSV file's columns are read as, in file order, and the character between its fields. */
export interface CsvColumns {
  readonly columns: readonly string[];
  readonly separator: string;
}

/**
 * Reads a CSV file of plain rows straight into typed columns, without the times, which the row
 * scanner has read already (see {@linkcode withTimes}).
 *
 * @param columns `mayMiss`: whether a text may be a word for a missing value.
 * @throws {Error} If a field is not plain.
 */
export async function readPlainCsv(
  path: string,
  { columns, separator, mayMiss }: CsvColumns & { mayMiss: boolean },
): Promise<pl.DataFrame> {
  const schema = schemaOf(columns, (name) => PLAIN_TYPES[name] ?? pl.Utf8);
  const wanted = columns.filter((name) => isKnownColumn(name) && name !== "event_time");
  const options = { schema, sep: separator, truncateRaggedLines: false };
  // The first of the two needs less memory.
  const events = CSV_NAME.test(path)
    ? pl.readCSV(path, { ...options, columns: wanted, rechunk: true })
    : await pl.scanCSV(path, { ...options, glob: false }).select(...wanted).collect();
  return mayMiss ? withoutMissing(events) : events;
}

/** Turns texts that mean a missing value into nulls, in the columns that have any. */
function withoutMissing(events: pl.DataFrame): pl.DataFrame {
  const isMissing = (name: string) => pl.col(name).isIn([...missingIn(name)]);
  const texts = TEXT_COLUMNS.filter((name) => events.columns.includes(name));
  if (texts.length === 0) return events;
  const counts = countEach(
    events,
    Object.fromEntries(texts.map((name) => [name, isMissing(name)])),
  );
  return events.withColumns(
    ...texts.filter((name) => counts[name] > 0).map((name) =>
      pl.when(isMissing(name)).then(pl.lit(null)).otherwise(pl.col(name)).alias(name)
    ),
  );
}

/** Reads a CSV file of well-formed rows as text, without the times. */
export async function readTextCsv(
  path: string,
  { columns, separator }: CsvColumns,
): Promise<pl.DataFrame> {
  const wanted = columns.filter((name) =>
    isKnownColumn(name) && name !== "event_time" || filledBy(name) !== undefined
  );
  return await pl.scanCSV(path, {
    schema: schemaOf(columns, () => pl.Utf8),
    sep: separator,
    truncateRaggedLines: false,
    glob: false,
  })
    .select(...wanted)
    .collect();
}

/**
 * Adds `event_time` to events.
 *
 * @param times One for each row: in seconds since 1970-01-01 UTC, {@linkcode NO_TIME} if missing,
 * or in microseconds, `NaN` if missing.
 */
export function withTimes(
  events: pl.DataFrame,
  times: Times,
): pl.DataFrame {
  if ("microseconds" in times) return events.withColumns(timeSeries(times.microseconds));
  const time = pl.col("event_time");
  const microseconds = time.cast(pl.Int64, true).mul(pl.lit(1_000_000).cast(pl.Int64, true));
  return events.withColumns(pl.Series("event_time", times.seconds)).withColumns(
    pl.when(time.eq(pl.lit(NO_TIME).cast(pl.UInt32, true))).then(pl.lit(null))
      .otherwise(microseconds).cast(TIME_TYPE, true).alias("event_time"),
  );
}

function schemaOf(
  columns: readonly string[],
  typeOf: (name: string) => pl.DataType,
): Record<string, pl.DataType> {
  // Objects move keys that look like numbers to the front; no name of a column does.
  return Object.fromEntries(columns.map((name) => [name, typeOf(name)]));
}
