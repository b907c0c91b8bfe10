import pl from "nodejs-polars";
import type { Progress } from "../base/progress.ts";
import { cacheKey, readCache, writeCache } from "./cache.ts";
import { cleanEvents, type CleanOptions } from "./clean/clean.ts";
import { cleanInParts } from "./clean/clean_in_parts.ts";
import { csvBytes } from "./read/files/file_kind.ts";
import { findFiles } from "./read/files/glob.ts";
import { nothingLeft } from "./nothing_left.ts";
import type { LoadedEvents, OpenedEvents } from "./loaded_events.ts";
import { readEvents, type ReadOptions } from "./read/read.ts";
import { removeAbandoned } from "../base/unfinished.ts";
import { explainFullDisk, makeScratchFolder } from "./scratch.ts";
import { dropForgotten } from "./clean/drop_forgotten.ts";

/** Which events to load, and how to clean them. */
export interface LoadOptions extends Omit<ReadOptions, "progress">, CleanOptions {
  /** When users asked to be forgotten, by id; milliseconds since 1970-01-01 UTC. Default: none. */
  readonly forgotten?: ReadonlyMap<string, number>;
  /**
   * The folder that caches cleaned events by files and options; 4 GiB at most, and it can be
   * removed at any time. Files below a mebibyte aren't cached. Default: no cache.
   */
  readonly cache?: string;
  /**
   * Files with more bytes of CSV than this, all together, are cleaned in parts of half this size,
   * with the same result. Cleaning needs about four times as much memory as it reads at a time.
   * Default: 640 MiB.
   */
  readonly bytesAtOnce?: number;
  /**
   * The folder for the temporary files of cleaning in parts, which need as much space as the
   * events; created if needed. Default: the system's folder for temporary files, which some systems
   * keep in memory.
   */
  readonly scratch?: string;
}

/** A month of the REES46 cosmetics shop has 400 to 550 MB. */
const BYTES_AT_ONCE = 640 << 20;

/** Smaller files take longer to cache than to clean. */
const LEAST_BYTES = 1 << 20;

/**
 * Reads events from files and cleans them, as one table in memory; see {@linkcode openEvents} for
 * more events than fit.
 *
 * @param patterns Paths and glob patterns of CSV, CSV.gz and Parquet files.
 * @throws {InputError} If a file can't be read, over 5% of the rows are malformed, or the month
 * isn't there.
 *
 * @example
 * ```ts ignore
 * const { events } = await loadEvents(["2019-Oct.csv.gz"], { users: 20_000 });
 * const interactions = await toInteractions(events);
 * ```
 */
export async function loadEvents(
  patterns: readonly string[],
  options: LoadOptions = {},
  progress?: Progress,
): Promise<LoadedEvents> {
  await using opened = await openEvents(patterns, options, progress);
  const { pieces, files, report, rejects, reading, cached } = opened;
  const events = await pl.concat([...pieces]).collect();
  return { events, files, report, rejects, reading, ...(cached && { cached }) };
}

/**
 * Reads events from files, which may be larger than memory, and cleans them.
 *
 * @param patterns Paths and glob patterns of CSV, CSV.gz and Parquet files.
 * @throws {InputError} If a file can't be read, over 5% of the rows are malformed, or the month
 * isn't there.
 *
 * @example
 * ```ts ignore
 * await using opened = await openEvents(["2019-*.csv.gz"], { cache: "data/cache" });
 * const interactions = await toInteractions(opened.pieces);
 * ```
 */
export async function openEvents(
  patterns: readonly string[],
  { cache, ...options }: LoadOptions = {},
  progress?: Progress,
): Promise<OpenedEvents> {
  const files = await findFiles(patterns);
  for (const folder of [options.scratch, cache]) {
    for (const path of folder === undefined ? [] : await removeAbandoned(folder)) {
      progress?.(0, `Removed ${path}: a killed run left it`);
    }
  }
  if (cache === undefined || bytesOf(files) < LEAST_BYTES) {
    return await cleanFiles(files, options, progress);
  }
  const before = lastChange(files);
  const key = cacheKey(files, keyOptions(options));
  const hit = await readCache(cache, key);
  if (hit) return { ...hit, async [Symbol.asyncDispose]() {} };
  const opened = await cleanFiles(files, options, progress);
  try {
    // If a file changed meanwhile, the key may not match what was cleaned.
    if (lastChange(files) === before) await writeCache(cache, key, opened);
    return opened;
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}

async function cleanFiles(
  files: readonly string[],
  options: Omit<LoadOptions, "cache">,
  progress?: Progress,
): Promise<OpenedEvents> {
  const opened = await cleanAll(files, options, progress);
  if (opened.report.rowsOut > 0) return opened;
  await opened[Symbol.asyncDispose]();
  throw nothingLeft(opened.report);
}

async function cleanAll(
  files: readonly string[],
  { bytesAtOnce = BYTES_AT_ONCE, scratch, forgotten = new Map(), ...options }: LoadOptions,
  progress?: Progress,
): Promise<OpenedEvents> {
  const bytes = files.reduce((sum, file) => sum + csvBytes(file), 0);
  if (bytes <= bytesAtOnce) return await cleanAtOnce(files, { ...options, forgotten }, progress);
  const folder = await makeScratchFolder(scratch);
  try {
    const pieceBytes = Math.ceil(bytesAtOnce / 2);
    const parts = Math.ceil(bytes / pieceBytes);
    const { month, format, trusted, ...users } = options;
    const reading = { month, format, trusted };
    const partsOptions = { ...users, reading, forgotten, parts, pieceBytes, folder: folder.path };
    const cleaned = await cleanInParts(files, partsOptions, progress);
    return { ...cleaned, files, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw explainFullDisk(error, folder.path);
  }
}

async function cleanAtOnce(
  files: readonly string[],
  { month, format, trusted, forgotten, ...options }:
    & LoadOptions
    & Required<Pick<LoadOptions, "forgotten">>,
  progress?: Progress,
): Promise<OpenedEvents> {
  const raw = await readEvents(files, { month, format, trusted, progress });
  const remembered = {
    events: dropForgotten(raw.events, forgotten),
    rejects: raw.rejects,
    ignored: raw.reading.ignored,
  };
  const { events, report } = cleanEvents(remembered, options);
  return {
    pieces: [events.lazy()],
    files,
    report,
    rejects: raw.rejects,
    reading: raw.reading,
    async [Symbol.asyncDispose]() {},
  };
}

function keyOptions(
  { month, format, trusted, maxEventsPerUser, users, seed, forgotten = new Map() }: LoadOptions,
): object {
  const reading = { month, format, trusted };
  return { ...reading, maxEventsPerUser, users, seed, forgotten: [...forgotten].sort() };
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + Deno.statSync(file).size, 0);
}

/** In milliseconds since 1970-01-01 UTC. */
function lastChange(files: readonly string[]): number {
  return Math.max(...files.map((file) => Deno.statSync(file).mtime?.getTime() ?? 0));
}
