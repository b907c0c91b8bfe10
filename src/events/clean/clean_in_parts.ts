import { join } from "node:path";
import pl from "nodejs-polars";
import type { Progress } from "../../base/progress.ts";
import { chooseUsers, leavesOutUsers, sumUsers, type UserOptions } from "./choose_users.ts";
import { cleanPart, countUsers } from "./clean.ts";
import { type CleanReport, sumReports } from "./clean_report.ts";
import { createRawParts, type RawParts } from "./raw_parts.ts";
import { readInPieces } from "../read/read.ts";
import type { Reject } from "../read/files/rejects.ts";
import { releaseFrames } from "../tables/release_frames.ts";
import { createTimeRanges } from "./time_ranges.ts";
import { withoutForgotten } from "./without_forgotten.ts";
import { writeParquet } from "../tables/write_parquet.ts";

/** How to clean files that are larger than memory. */
export interface PartsOptions extends UserOptions {
  readonly month?: string;
  readonly forgotten: ReadonlyMap<string, number>;
  /** In how many parts. */
  readonly parts: number;
  /** How many bytes of a file, as CSV, are read at once at most. */
  readonly pieceBytes: number;
  /** An empty folder for temporary files, where the cleaned events stay. */
  readonly folder: string;
}

/** How much of the work is done when all has been read, and when all has been cleaned but is to be sorted. */
const [READ, CLEANED] = [0.5, 0.8];

/**
 * Reads events from files and cleans them with the result that `readEvents()` and `cleanEvents()` have, holding a part
 * of them in memory at a time. What is read is put on disk by sessions, cleaned session by session, and put on disk
 * again by time.
 *
 * @returns The cleaned events, on disk, in pieces that follow each other in the order of time.
 */
export async function cleanInParts(
  files: readonly string[],
  { month, forgotten, parts, pieceBytes, folder, ...users }: PartsOptions,
  progress?: Progress,
): Promise<{ pieces: pl.LazyDataFrame[]; report: CleanReport; rejects: readonly Reject[] }> {
  const raw = createRawParts(folder, parts);
  const reading: Progress = (done) => progress?.(READ * done);
  const rejects = await readInPieces(
    files,
    { month, pieceBytes, scratch: folder, progress: reading },
    async (events) => {
      await raw.add(withoutForgotten(events, forgotten));
      releaseFrames(events.height);
    },
  );
  const leftOut = leavesOutUsers(users) ? chooseUsers(countAllUsers(raw, parts), users) : [];

  const ranges = createTimeRanges(folder, parts);
  const reports: CleanReport[] = [];
  for (let part = 0; part < parts; part++) {
    const own = { events: raw.take(part), rejects: part === 0 ? rejects : [] };
    const { events, report } = cleanPart(own, leftOut);
    reports.push(report);
    await ranges.add(events);
    releaseFrames(own.events.height);
    progress?.(READ + (CLEANED - READ) * (part + 1) / parts);
  }
  const pieces: pl.LazyDataFrame[] = [];
  for (let range = 0; range < parts; range++) {
    const path = join(folder, `events-${range}.parquet`);
    const events = ranges.take(range);
    await writeParquet(path, events.lazy(), { compression: "lz4" });
    pieces.push(pl.scanParquet(path));
    releaseFrames(events.height);
    progress?.(CLEANED + (1 - CLEANED) * (range + 1) / parts);
  }
  return { pieces, report: sumReports(reports), rejects };
}

/** How many events each user has. */
function countAllUsers(raw: RawParts, parts: number): pl.DataFrame {
  const counts: pl.DataFrame[] = [];
  for (let part = 0; part < parts; part++) {
    const events = raw.read(part);
    counts.push(countUsers(events));
    releaseFrames(events.height);
  }
  return sumUsers(counts);
}
