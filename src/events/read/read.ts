import pl from "nodejs-polars";
import type { Progress } from "../../base/progress.ts";
import { isSortedBy } from "../tables/frames.ts";
import { findFiles } from "./files/glob.ts";
import { createMonthFilter } from "./month.ts";
import { type PieceOptions, readFile } from "./read_file.ts";
import { checkRejects, type Reject } from "./files/rejects.ts";
import { layoutOf, stackTables } from "./table_layout.ts";

/** Events before cleaning. */
export interface RawEvents {
  /** With the columns {@linkcode RAW_COLUMNS}; rows in time order, those without a time last. */
  readonly events: pl.DataFrame;
  /** The files, in the order in which they were read. */
  readonly files: readonly string[];
  /** Rows that can't be read as events. */
  readonly rejects: readonly Reject[];
}

/** Which events to read. */
export interface ReadOptions {
  /** Only this month's (UTC), for example `2019-10`; default: all. */
  readonly month?: string;
  readonly progress?: Progress;
}

/**
 * Reads events from files: any mixture of CSV, gzipped CSV and Parquet, recognized by content.
 * Columns are found by name; {@linkcode OPTIONAL_COLUMNS} may be missing, unknown ones are ignored.
 * Events with the same time keep the order of files and their rows.
 *
 * @param patterns Paths and glob patterns.
 * @throws {InputError} If a file can't be read, over 5% of all rows are malformed, or the month
 * isn't there.
 *
 * @example
 * ```ts ignore
 * const raw = await readEvents(["data/2019-*.csv.gz"], { month: "2019-10" });
 * const { events, report } = cleanEvents(raw);
 * ```
 */
export async function readEvents(
  patterns: readonly string[],
  options: ReadOptions = {},
): Promise<RawEvents> {
  const files = await findFiles(patterns);
  const frames: pl.DataFrame[] = [];
  const rejects = await readInPieces(files, options, (events) => frames.push(events));
  return { events: sortByTime(stackTables(frames, layoutOf(frames))), files, rejects };
}

/**
 * Reads events like {@linkcode readEvents}, but in pieces, in the order of files and their rows.
 *
 * @param onPiece Receives each piece; the pieces aren't in time order.
 * @returns Rows that can't be read as events.
 */
export async function readInPieces(
  files: readonly string[],
  { month, progress, ...pieces }: ReadOptions & PieceOptions,
  onPiece: (events: pl.DataFrame) => unknown,
): Promise<Reject[]> {
  const filter = createMonthFilter(month);
  const rejects: Reject[] = [];
  let rows = 0;
  for (const [index, file] of files.entries()) {
    const report = (done: number) => progress?.((index + done) / files.length);
    for await (const read of readFile(file, { ...pieces, progress: report })) {
      rows += read.events.height + read.rejects.length;
      for (const reject of read.rejects) rejects.push(reject);
      await onPiece(filter.keep(read.events));
    }
    report(1);
  }
  checkRejects(rejects, rows);
  filter.check();
  return rejects;
}

/** Sorts rows by time, those without a time last; ties keep their order. */
export function sortByTime(events: pl.DataFrame): pl.DataFrame {
  if (isSortedBy(events, "event_time")) return events;
  return events.sort({ by: "event_time", nullsLast: true, maintainOrder: true });
}
