import pl from "nodejs-polars";
import type { Progress } from "../interactions/progress.ts";
import { isSortedBy } from "./frames.ts";
import { findFiles } from "./glob.ts";
import { onlyMonth } from "./month.ts";
import { isCleaned } from "./parquet.ts";
import { readFile } from "./read_file.ts";
import { checkRejects, type Reject } from "./rejects.ts";
import { ENGINEERED_COLUMNS, ID_COLUMNS, RAW_COLUMNS } from "./schema.ts";

/** Events as read, before cleaning. */
export interface RawEvents {
  /** Columns as {@linkcode RAW_COLUMNS}; rows in the order of time, those without a time last. */
  readonly events: pl.DataFrame;
  /** The files read, in that order. */
  readonly files: readonly string[];
  /** Rows that can't be read as events. */
  readonly rejects: readonly Reject[];
}

/** Which of the events to read. */
export interface ReadOptions {
  /** Only this month's, UTC, for example `2019-10`; default: all. */
  readonly month?: string;
  readonly progress?: Progress;
}

/**
 * Reads events from files: CSV, gzipped CSV and Parquet, told apart by their content, in any mixture. Columns
 * are found by their names; {@linkcode OPTIONAL_COLUMNS} may be missing, others are ignored. Events of the same
 * time keep the order of files and rows.
 *
 * @param patterns Paths and glob patterns.
 * @throws {InputError} If a file can't be read, over 5% of all rows are malformed, or the month isn't there.
 *
 * @example
 * ```ts ignore
 * const raw = await readEvents(["data/2019-*.csv.gz"], { month: "2019-10" });
 * const { events, report } = cleanEvents(raw);
 * ```
 */
export async function readEvents(
  patterns: readonly string[],
  { month, progress }: ReadOptions = {},
): Promise<RawEvents> {
  const files = await findFiles(patterns);
  const frames: pl.DataFrame[] = [];
  const rejects: Reject[] = [];
  for (const [index, file] of files.entries()) {
    const read = await readFile(file, (done) => progress?.((index + done) / files.length));
    frames.push(read.events);
    for (const reject of read.rejects) rejects.push(reject);
    progress?.((index + 1) / files.length);
  }
  const rows = frames.reduce((sum, { height }) => sum + height, rejects.length);
  checkRejects(rejects, rows);
  const together = concat(frames);
  const events = month === undefined ? together : onlyMonth(together, month);
  return { events: sortByTime(events), files, rejects };
}

/** Puts tables that may have different columns and types of ids below each other. */
function concat(frames: readonly pl.DataFrame[]): pl.DataFrame {
  const has = (name: string) => frames.some(({ columns }) => columns.includes(name));
  const columns = [
    ...RAW_COLUMNS,
    ...(has("title") ? ["title"] : []),
    ...(frames.every(isCleaned) ? Object.keys(ENGINEERED_COLUMNS) : []),
  ];
  const types = columns.map((name) => commonType(frames, name));
  return pl.concat(frames.map((frame) =>
    frame.select(...columns.map((name, index) => {
      const column = frame.columns.includes(name) ? pl.col(name) : pl.lit(null);
      return column.cast(types[index], true).alias(name);
    }))
  ));
}

/** Text where it is in one of the tables, else the type that all tables with the column have. */
function commonType(frames: readonly pl.DataFrame[], name: string): pl.DataType {
  const types = frames
    .filter(({ columns }) => columns.includes(name))
    .map((frame) => frame.getColumn(name).dtype as pl.DataType);
  const missing = (ID_COLUMNS as readonly string[]).includes(name) ? pl.Int64 : pl.Utf8;
  return types.find((type) => type.equals(pl.String)) ?? types[0] ?? missing;
}

function sortByTime(events: pl.DataFrame): pl.DataFrame {
  if (isSortedBy(events, "event_time")) return events;
  return events.sort({ by: "event_time", nullsLast: true, maintainOrder: true });
}
