import pl from "nodejs-polars";
import type { Progress } from "../../base/progress.ts";
import {
  excludesUsers,
  findExcludedUsers,
  sumEventCounts,
  type UserOptions,
} from "./excluded_users.ts";
import { cleanPart, countUsers } from "./clean.ts";
import { type CleanReport, sumReports } from "./clean_report.ts";
import { createRawParts, type RawParts } from "./raw_parts.ts";
import { checkRejects, type Reject } from "../read/files/rejects.ts";
import { readInPieces, type ReadOptions } from "../read/read.ts";
import type { ReadReport } from "../read/read_report.ts";
import { POSITION } from "../tables/schema.ts";
import { releaseFrames } from "../tables/release_frames.ts";
import { createTimeRanges, writeRanges } from "./time_ranges.ts";
import { dropForgotten } from "./drop_forgotten.ts";

/** How to clean files that are larger than memory. */
export interface PartsOptions extends UserOptions {
  /** What to read, and how. */
  readonly reading: Omit<ReadOptions, "progress">;
  readonly forgotten: ReadonlyMap<string, number>;
  /** The number of parts. */
  readonly parts: number;
  /** The most bytes of a file, as CSV, to read at a time. */
  readonly pieceBytes: number;
  /** An empty folder for temporary files, where the cleaned events stay. */
  readonly folder: string;
}

/** Events that were cleaned in parts. */
export interface PartsCleaned {
  readonly pieces: readonly pl.LazyDataFrame[];
  readonly report: CleanReport;
  readonly rejects: readonly Reject[];
  readonly reading: ReadReport;
}

/** The progress when everything has been read, and when it has been cleaned but not yet sorted. */
const [READ, CLEANED] = [0.5, 0.8];

/**
 * Reads and cleans events with the same result as `readEvents()` and `cleanEvents()`, with one part
 * of them in memory at a time: raw events are partitioned on disk by session, each part is cleaned,
 * and cleaned events are partitioned on disk again by time.
 *
 * @returns The cleaned events, on disk, in consecutive ranges of time.
 */
export async function cleanInParts(
  files: readonly string[],
  { reading, forgotten, parts, pieceBytes, folder, ...users }: PartsOptions,
  progress?: Progress,
): Promise<PartsCleaned> {
  const raw = createRawParts(folder, parts);
  const read = await readInPieces(
    files,
    { ...reading, pieceBytes, scratch: folder, progress: (done) => progress?.(READ * done) },
    async (events, file) => {
      await raw.add(dropForgotten(events, forgotten), file);
      await releaseFrames(events.height);
    },
  );
  const rejects = [...read.rejects, ...await raw.dropWrongClocks(read.wrongClocks)];
  checkRejects(rejects, read.reading.rows);
  const { ignored } = read.reading;
  const excluded = excludesUsers(users)
    ? findExcludedUsers(await countAllUsers(raw, parts), users)
    : [];

  const ranges = createTimeRanges(folder, { ranges: parts, order: [POSITION] });
  const reports: CleanReport[] = [];
  for (let part = 0; part < parts; part++) {
    const own = {
      events: raw.take(part),
      // Rows that aren't in any part count in the first one's report.
      ...(part === 0 ? { rejects, ignored } : { ignored: 0 }),
    };
    const { events, report } = cleanPart(own, excluded);
    reports.push(report);
    await ranges.add(events);
    await releaseFrames(own.events.height);
    progress?.(READ + (CLEANED - READ) * (part + 1) / parts);
  }
  const pieces = await writeRanges(ranges, {
    ...{ folder, number: parts },
    progress: (done) => progress?.(CLEANED + (1 - CLEANED) * done),
  });
  return { pieces, report: sumReports(reports), rejects, reading: read.reading };
}

/** The number of events of each user. */
async function countAllUsers(raw: RawParts, parts: number): Promise<pl.DataFrame> {
  const counts: pl.DataFrame[] = [];
  for (let part = 0; part < parts; part++) {
    const events = raw.read(part);
    counts.push(countUsers(events));
    await releaseFrames(events.height);
  }
  return sumEventCounts(counts);
}
