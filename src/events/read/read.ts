import pl from "nodejs-polars";
import type { Progress } from "../../base/progress.ts";
import { isSortedBy } from "../tables/frames.ts";
import { findFiles } from "./files/glob.ts";
import { createMonthFilter } from "./month.ts";
import { type PieceOptions, readFile } from "./read_file.ts";
import { checkRejects, type Reject } from "./files/rejects.ts";
import { layoutOf, putTogether } from "./table_layout.ts";

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
  options: ReadOptions = {},
): Promise<RawEvents> {
  const files = await findFiles(patterns);
  const frames: pl.DataFrame[] = [];
  const rejects = await readInPieces(files, options, (events) => frames.push(events));
  return { events: sortByTime(putTogether(frames, layoutOf(frames))), files, rejects };
}

/**
 * Reads events as {@linkcode readEvents} does, and gives them away piece by piece: as each file has them, in the order
 * of files and rows.
 *
 * @param take Is given each piece; all of them together have to be put in the order of time.
 * @returns Rows that can't be read as events.
 */
export async function readInPieces(
  files: readonly string[],
  { month, progress, ...pieces }: ReadOptions & PieceOptions,
  take: (events: pl.DataFrame) => unknown,
): Promise<Reject[]> {
  const filter = createMonthFilter(month);
  const rejects: Reject[] = [];
  let rows = 0;
  for (const [index, file] of files.entries()) {
    const tell = (done: number) => progress?.((index + done) / files.length);
    for await (const read of readFile(file, { ...pieces, progress: tell })) {
      rows += read.events.height + read.rejects.length;
      for (const reject of read.rejects) rejects.push(reject);
      await take(filter.keep(read.events));
    }
    tell(1);
  }
  checkRejects(rejects, rows);
  filter.check();
  return rejects;
}

/** Puts rows in the order of time, those without one last; others of the same time keep their order. */
export function sortByTime(events: pl.DataFrame): pl.DataFrame {
  if (isSortedBy(events, "event_time")) return events;
  return events.sort({ by: "event_time", nullsLast: true, maintainOrder: true });
}
