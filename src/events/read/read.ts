import type pl from "nodejs-polars";
import type { Progress } from "../../base/progress.ts";
import { isSortedBy } from "../tables/frames.ts";
import { findFiles } from "./files/glob.ts";
import { checkRejects, type Reject } from "./files/rejects.ts";
import type { FormatOptions } from "./layouts/format_options.ts";
import { createMonthFilter } from "./month.ts";
import { type PieceOptions, readFile } from "./read_file.ts";
import type { ReadReport } from "./read_report.ts";
import { createReadSummary } from "./read_summary.ts";
import { layoutOf, stackTables } from "./table_layout.ts";
import { createWrongClocks, dropWrongClocks, type WrongSpan } from "./wrong_clocks.ts";

/** Events before cleaning. */
export interface RawEvents {
  /** With the columns {@linkcode RAW_COLUMNS}; rows in time order, those without a time last. */
  readonly events: pl.DataFrame;
  /** The files, in the order in which they were read. */
  readonly files: readonly string[];
  /** Rows that can't be read as events. */
  readonly rejects: readonly Reject[];
  /** What was found out about the files. */
  readonly reading: ReadReport;
}

/** Which events to read, and how. */
export interface ReadOptions {
  /** Only this month's (UTC), for example `2019-10`; default: all. */
  readonly month?: string;
  /** What the shop says about the form of its files; default: recognised. */
  readonly format?: FormatOptions;
  /** Files whose clock is known to be right: the service's own. Default: none. */
  readonly trusted?: readonly string[];
  readonly progress?: Progress;
}

/**
 * Reads events from files: any mixture of CSV, JSON lines and Parquet, compressed or not,
 * recognised by content. Columns are found by name; optional ones may be missing, unknown ones are
 * ignored. Events with the same time keep the order of files and their rows.
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
  const pieces: { file: string; events: pl.DataFrame }[] = [];
  const { rejects, reading, wrongClocks } = await readInPieces(
    files,
    options,
    (events, file) => pieces.push({ file, events }),
  );
  const clocked = pieces.map(({ file, events }) =>
    options.trusted?.includes(file)
      ? { events, rejects: [] }
      : dropWrongClocks(events, wrongClocks, file)
  );
  const all = [...rejects, ...clocked.flatMap(({ rejects }) => rejects)];
  checkRejects(all, reading.rows);
  const frames = clocked.map(({ events }) => events);
  return {
    events: sortByTime(stackTables(frames, layoutOf(frames))),
    files,
    rejects: all,
    reading,
  };
}

/** What reading events in pieces came to. */
export interface PiecesRead {
  /** Rows that can't be read as events; those with wrong clocks are still among the events. */
  readonly rejects: readonly Reject[];
  readonly reading: ReadReport;
  /** The spans of time with wrong clocks; events in them must be dropped. */
  readonly wrongClocks: readonly WrongSpan[];
}

/**
 * Reads events like {@linkcode readEvents}, but in pieces, in the order of files and their rows.
 *
 * @param onPiece Receives each piece, with the column `line`, and its file; the pieces aren't
 * in time order.
 */
export async function readInPieces(
  files: readonly string[],
  { month, format = {}, trusted = [], progress, ...pieces }: ReadOptions & PieceOptions,
  onPiece: (events: pl.DataFrame, file: string) => unknown,
): Promise<PiecesRead> {
  const filter = createMonthFilter(month);
  const clocks = createWrongClocks();
  const summary = createReadSummary(format);
  const rejects: Reject[] = [];
  for (const [index, file] of files.entries()) {
    const report = (done: number) => progress?.((index + done) / files.length);
    summary.begin(file);
    for await (const read of readFile(file, { ...pieces, format, progress: report })) {
      for (const reject of read.rejects) rejects.push(reject);
      const events = filter.keep(summary.add(read));
      if (!trusted.includes(file)) clocks.add(events);
      await onPiece(events, file);
    }
    summary.end();
    report(1);
  }
  const reading = summary.finish();
  checkRejects(rejects, reading.rows);
  filter.check();
  return { rejects, reading, wrongClocks: clocks.find() };
}

/** Sorts rows by time, those without a time last; ties keep their order. */
export function sortByTime(events: pl.DataFrame): pl.DataFrame {
  if (isSortedBy(events, "event_time")) return events;
  return events.sort({ by: "event_time", nullsLast: true, maintainOrder: true });
}
