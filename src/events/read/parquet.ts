import pl from "nodejs-polars";
import { InputError } from "../../base/input_error.ts";
import type { Progress } from "../../base/progress.ts";
import { ENGINEERED_COLUMNS, TIME_TYPE } from "../tables/schema.ts";
import { isKnownColumn } from "../tables/columns.ts";
import { checkColumns } from "./csv/header.ts";
import { type FileEvents, LINE } from "./files/file_events.ts";
import type { Partitions } from "./files/partitions.ts";
import { rowText } from "./files/row_text.ts";
import { NO_TIME_REASON, type Reject } from "./files/rejects.ts";
import { addConstants, fillFallbacks } from "./layouts/complete_events.ts";
import type { FormatOptions } from "./layouts/format_options.ts";
import { type ColumnMap, filledBy, mapColumns } from "./layouts/map_columns.ts";
import { rowsWhere, typeValues } from "./values/typed_events.ts";
import { readTime, timeSeries } from "./values/times.ts";

/** How to read a Parquet file. */
export interface ParquetOptions {
  /** The most rows to read at a time; default: all. */
  readonly rows?: number;
  /** What the shop says about its form. */
  readonly format?: FormatOptions;
  /** Columns with one value for the whole file, which its path names. */
  readonly partitions?: Partitions;
  readonly progress?: Progress;
}

/**
 * Reads a Parquet file of events. Events that have been cleaned before keep the columns that
 * cleaning added.
 *
 * @throws {InputError} If the file is damaged, lacks a column, or has a nested one.
 */
export async function* readParquet(
  path: string,
  { rows = Infinity, format = {}, partitions, progress }: ParquetOptions = {},
): AsyncGenerator<FileEvents> {
  const scan = openParquet(path);
  const map = mapColumns(scan.columns, format.columns, partitions);
  checkColumns(scan.columns, map, path);
  const height = await countRows(scan, path);
  for (let start = 0; start < height; start += rows) {
    const piece = rows < height ? scan.slice(start, rows) : scan;
    const table = await collect(select(piece, map), path);
    yield readPiece(table, { path, map, format, partitions, start });
    progress?.(Math.min(1, (start + rows) / height));
  }
}

/** The columns of events by their names, and the engineered ones. */
function select(scan: pl.LazyDataFrame, { names }: ColumnMap): pl.LazyDataFrame {
  const known = scan.columns.flatMap((source, index) => {
    const name = names[index];
    return isKnownColumn(name) || filledBy(name) ? [pl.col(source).alias(name)] : [];
  });
  const engineered = Object.keys(ENGINEERED_COLUMNS).filter((name) => scan.columns.includes(name));
  return scan.select(...known, ...engineered);
}

interface Piece {
  readonly path: string;
  readonly map: ColumnMap;
  readonly format: FormatOptions;
  readonly partitions?: Partitions;
  /** The number of rows before it. */
  readonly start: number;
}

function readPiece(
  table: pl.DataFrame,
  { path, map, format, partitions, start }: Piece,
): FileEvents {
  checkFlat(table, path);
  const { times, invalid } = readTimes(table);
  const lines = Uint32Array.from({ length: table.height }, (_, row) => start + row + 1);
  const rejects: Reject[] = invalid.map((row) => ({
    file: path,
    line: lines[row],
    reason: NO_TIME_REASON,
    text: rowText(table, row),
  }));
  const known = isCleaned(table)
    ? table
    : table.select(...table.columns.filter((name) => !Object.hasOwn(ENGINEERED_COLUMNS, name)));
  const complete = fillFallbacks(known.withColumns(times)).withColumns(pl.Series(LINE, lines));
  const valid = invalid.length === 0 ? complete : withoutRows(complete, invalid);
  const { events, unreadablePrices } = typeValues(valid, format.decimal ?? ".");
  return {
    events: addConstants(events, map, partitions),
    rejects,
    unreadablePrices,
    guesses: map.guesses,
  };
}

function withoutRows(events: pl.DataFrame, rows: readonly number[]): pl.DataFrame {
  const dropped = new Set(rows);
  const kept = Array.from({ length: events.height }, (_, row) => !dropped.has(row));
  return events.filter(pl.Series("kept", kept, pl.Bool));
}

/**
 * Whether events have been cleaned before: they have the columns that cleaning adds, and their
 * types.
 */
export function isCleaned(events: pl.DataFrame): boolean {
  return Object.entries(ENGINEERED_COLUMNS).every(([name, type]) =>
    events.columns.includes(name) && events.getColumn(name).dtype.equals(type)
  );
}

/**
 * The times of a table's rows, and the rows whose time can't be read or isn't from 1970 to 2099.
 */
function readTimes(table: pl.DataFrame): { times: pl.Series; invalid: number[] } {
  const column = table.getColumn("event_time");
  const { variant } = column.dtype as pl.DataType;
  if (variant === "Datetime" || variant === "Date") {
    const times = table.select(pl.col("event_time").cast(TIME_TYPE, true));
    const year = pl.col("event_time").dt.year();
    const invalid = rowsWhere(times, year.lt(1970).or(year.gt(2099)));
    return { times: times.getColumn("event_time"), invalid };
  }
  const time = variant.startsWith("Float")
    ? pl.col("event_time").cast(pl.Int64, true)
    : pl.col("event_time");
  const texts = table.select(time.cast(pl.Utf8, true).alias("time")).getColumn("time");
  const invalid: number[] = [];
  const microseconds = Float64Array.from(texts.toArray() as (string | null)[], (text, row) => {
    const time = readTime(text ?? "");
    if (time === undefined) invalid.push(row);
    return time ?? NaN;
  });
  return { times: timeSeries(microseconds), invalid };
}

const NESTED: readonly string[] = ["Struct", "List", "FixedSizeList"];

function checkFlat(table: pl.DataFrame, path: string): void {
  for (const name of table.columns) {
    const { variant } = table.getColumn(name).dtype as pl.DataType;
    if (!NESTED.includes(variant)) continue;
    throw new InputError(
      `Cannot read ${path}: ${name} must be a column of plain values, it is nested (${variant}); ` +
        "write the value that is meant as a column of its own",
    );
  }
}

async function countRows(scan: pl.LazyDataFrame, path: string): Promise<number> {
  const counted = await collect(scan.select(pl.len().cast(pl.Float64, true).alias("rows")), path);
  return counted.getColumn("rows").get(0);
}

function openParquet(path: string): pl.LazyDataFrame {
  try {
    const scan = pl.scanParquet(path, { glob: false });
    void scan.columns;
    return scan;
  } catch (error) {
    throw damaged(path, error);
  }
}

async function collect(scan: pl.LazyDataFrame, path: string): Promise<pl.DataFrame> {
  try {
    return await scan.collect();
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, error: unknown): InputError {
  const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return new InputError(
    `Cannot read ${path}: the Parquet file is damaged (${why}); copy or write it again`,
  );
}
