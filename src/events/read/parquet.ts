import pl from "nodejs-polars";
import { InputError } from "../../base/input_error.ts";
import type { Progress } from "../../base/progress.ts";
import { checkColumns } from "./csv/header.ts";
import type { FileEvents } from "./files/file_events.ts";
import { countWhere } from "../tables/frames.ts";
import { toRawTypes } from "../tables/raw_types.ts";
import { ENGINEERED_COLUMNS, isKnownColumn } from "../tables/schema.ts";

/**
 * Reads a Parquet file of events, so many rows at once. One that was cleaned before keeps the
 * columns that cleaning added.
 *
 * @returns The columns that the file has of those that events have.
 * @throws {InputError} If the file is damaged, lacks a column, holds no rows, or has a time that is
 * none.
 */
export async function* readParquet(
  path: string,
  { rows = Infinity, progress }: { rows?: number; progress?: Progress } = {},
): AsyncGenerator<FileEvents> {
  const scan = openParquet(path);
  checkColumns(scan.columns, path);
  const height = await countRows(scan, path);
  if (height === 0) throw new InputError(`Cannot read ${path}: it must hold events, it has none`);
  for (let start = 0; start < height; start += rows) {
    const piece = rows < height ? scan.slice(start, rows) : scan;
    yield { events: await readPiece(piece, path), rejects: [] };
    progress?.(Math.min(1, (start + rows) / height));
  }
}

async function readPiece(scan: pl.LazyDataFrame, path: string): Promise<pl.DataFrame> {
  const known = scan.columns.filter(isKnownColumn);
  const engineered = Object.keys(ENGINEERED_COLUMNS).filter((name) => scan.columns.includes(name));
  const events = await collect(scan.select(...known, ...engineered), path);
  checkTimeType(events, path);
  const typed = toRawTypes(isCleaned(events) ? events : events.select(...known));
  checkTimes(events, typed, path);
  return typed;
}

async function countRows(scan: pl.LazyDataFrame, path: string): Promise<number> {
  const counted = await collect(scan.select(pl.len().cast(pl.Float64, true).alias("rows")), path);
  return counted.getColumn("rows").get(0);
}

/**
 * Whether events have been cleaned: whether they have the columns that cleaning adds, of their
 * types.
 */
export function isCleaned(events: pl.DataFrame): boolean {
  return Object.entries(ENGINEERED_COLUMNS).every(([name, type]) =>
    events.columns.includes(name) && events.getColumn(name).dtype.equals(type)
  );
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
    `Cannot read ${path}: it must be a whole Parquet file, but it is damaged (${why}); ` +
      "copy or write it again",
  );
}

function checkTimeType(events: pl.DataFrame, path: string): void {
  const { variant } = events.getColumn("event_time").dtype as pl.DataType;
  if (!["Datetime", "Date", "String"].includes(variant)) {
    throw new InputError(
      `Cannot read ${path}: event_time must be a timestamp or text, its type is ${variant}`,
    );
  }
}

function checkTimes(events: pl.DataFrame, typed: pl.DataFrame, path: string): void {
  const year = pl.col("event_time").dt.year();
  const lost = typed.getColumn("event_time").nullCount() -
    events.getColumn("event_time").nullCount();
  const wrong = lost + countWhere(typed, year.lt(1970).or(year.gt(2099)));
  if (wrong > 0) {
    throw new InputError(
      `Cannot read ${path}: event_time must be a time in UTC from 1970 to 2099; ` +
        `in ${wrong} rows it isn't`,
    );
  }
}
