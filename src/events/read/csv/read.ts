import pl from "nodejs-polars";
import { UNKNOWN } from "../../../interactions/catalogue.ts";
import { countWhere } from "../../tables/frames.ts";
import { toRawTypes } from "../../tables/raw_types.ts";
import { isKnownColumn, TIME_TYPE } from "../../tables/schema.ts";
import { NO_TIME } from "./row_scanner.ts";

/** The columns that hold numbers where every row is plain; the others are text. */
const PLAIN_TYPES: Readonly<Record<string, pl.DataType>> = {
  product_id: pl.Int64,
  category_id: pl.Int64,
  user_id: pl.Int64,
  price: pl.Float64,
};

/** The columns in which a text may stand for a missing value. */
const MAY_BE_UNKNOWN = ["category_code", "brand"];

/**
 * What `pl.readCSV()` takes for the name of a file; it would take any other for a file's content.
 */
const CSV_NAME = /[^/\\]\.(csv|tsv)$/;

/**
 * Reads a CSV file all of whose rows are plain, each column to its type at once, but for the times:
 * whoever found that the rows are plain has read them already (see {@linkcode withTimes}).
 *
 * @param columns The columns' names, in the order of the file.
 * @returns The columns that events have, of the types that raw events have, without `event_time`.
 * @throws {Error} If a field is not plain.
 */
export async function readPlainCsv(
  path: string,
  columns: readonly string[],
): Promise<pl.DataFrame> {
  const schema = schemaOf(columns, (name) => PLAIN_TYPES[name] ?? pl.Utf8);
  const wanted = columns.filter((name) => isKnownColumn(name) && name !== "event_time");
  const options = { schema, truncateRaggedLines: false };
  // The first of the two needs less memory.
  const events = CSV_NAME.test(path)
    ? pl.readCSV(path, { ...options, columns: wanted, rechunk: true })
    : await pl.scanCSV(path, { ...options, glob: false }).select(...wanted).collect();
  const unknown = MAY_BE_UNKNOWN.filter((name) =>
    wanted.includes(name) && countWhere(events, isUnknown(name)) > 0
  );
  return events.withColumns(
    ...unknown.map((name) =>
      pl.when(isUnknown(name)).then(pl.lit(null)).otherwise(pl.col(name)).alias(name)
    ),
  );
}

function isUnknown(name: string): pl.Expr {
  return pl.col(name).eq(pl.lit(UNKNOWN));
}

/**
 * Adds `event_time` to what {@linkcode readPlainCsv} read.
 *
 * @param seconds Since 1970-01-01 UTC, one for each row; {@linkcode NO_TIME} where there is none.
 */
export function withTimes(events: pl.DataFrame, seconds: Uint32Array): pl.DataFrame {
  const time = pl.col("event_time");
  const microseconds = time.cast(pl.Int64, true).mul(pl.lit(1_000_000).cast(pl.Int64, true));
  return events.withColumns(pl.Series("event_time", seconds)).withColumns(
    pl.when(time.eq(pl.lit(NO_TIME).cast(pl.UInt32, true))).then(pl.lit(null))
      .otherwise(microseconds).cast(TIME_TYPE, true).alias("event_time"),
  );
}

/**
 * Reads a CSV file of well-formed rows, whatever form their fields have; see {@linkcode
 * readPlainCsv}.
 */
export async function readUnusualCsv(
  path: string,
  columns: readonly string[],
): Promise<pl.DataFrame> {
  const texts = await pl.scanCSV(path, {
    schema: schemaOf(columns, () => pl.Utf8),
    truncateRaggedLines: false,
    glob: false,
  })
    .select(...columns.filter(isKnownColumn))
    .collect();
  return toRawTypes(texts);
}

function schemaOf(
  columns: readonly string[],
  typeOf: (name: string) => pl.DataType,
): Record<string, pl.DataType> {
  // An object moves keys that look like numbers to its front, so unknown columns get names that
  // don't.
  return Object.fromEntries(
    columns.map((name, index) =>
      isKnownColumn(name) ? [name, typeOf(name)] : [`column ${index}`, pl.Utf8]
    ),
  );
}
