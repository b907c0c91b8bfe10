import type { Progress } from "../interactions/progress.ts";
import { cacheKey, readCache, writeCache } from "./cache.ts";
import { cleanEvents, type CleanOptions } from "./clean.ts";
import { findFiles } from "./glob.ts";
import { readEvents, type ReadOptions } from "./read.ts";
import type { LoadedEvents } from "./loaded_events.ts";
import { withoutForgotten } from "./without_forgotten.ts";

/** Which events to load, and how to clean them. */
export interface LoadOptions extends Pick<ReadOptions, "month">, CleanOptions {
  /** When users asked to be forgotten, by id; milliseconds since 1970-01-01 UTC. Default nobody did. */
  readonly forgotten?: ReadonlyMap<string, number>;
  /**
   * The folder in which cleaned events are kept, so that the same files needn't be cleaned again with the same options;
   * 4 GiB at most, and it can be removed at any time. Files below a mebibyte are cleaned sooner than kept. Default:
   * nothing is kept.
   */
  readonly cache?: string;
}

/**
 * Reads events from files and cleans them.
 *
 * @param patterns Paths and glob patterns of CSV, CSV.gz and Parquet files.
 * @throws {InputError} If a file can't be read, over 5% of the rows are malformed, or the month isn't there.
 *
 * @example
 * ```ts ignore
 * const { events } = await loadEvents(["2019-Oct.csv.gz"], { users: 20_000 });
 * const interactions = toInteractions(events);
 * ```
 */
export async function loadEvents(
  patterns: readonly string[],
  { cache, ...options }: LoadOptions = {},
  progress?: Progress,
): Promise<LoadedEvents> {
  const files = await findFiles(patterns);
  if (cache === undefined || bytesOf(files) < LEAST_BYTES) {
    return await readAndClean(files, options, progress);
  }
  const before = lastChange(files);
  const key = cacheKey(files, keyOptions(options));
  const kept = await readCache(cache, key);
  if (kept) return kept;
  const loaded = await readAndClean(files, options, progress);
  // Of files that have changed since, it isn't known which state was cleaned.
  if (lastChange(files) === before) await writeCache(cache, key, loaded);
  return loaded;
}

/** Files that are smaller together take longer to keep than to clean. */
const LEAST_BYTES = 1 << 20;

async function readAndClean(
  patterns: readonly string[],
  { month, forgotten = new Map(), ...options }: Omit<LoadOptions, "cache">,
  progress?: Progress,
): Promise<LoadedEvents> {
  const raw = await readEvents(patterns, { month, progress });
  const kept = { ...raw, events: withoutForgotten(raw.events, forgotten) };
  const { events, report } = cleanEvents(kept, options);
  return { events, files: raw.files, report, rejects: raw.rejects };
}

function keyOptions(
  { month, maxEventsPerUser, users, seed, forgotten = new Map() }: LoadOptions,
): object {
  return { month, maxEventsPerUser, users, seed, forgotten: [...forgotten].sort() };
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + Deno.statSync(file).size, 0);
}

/** In milliseconds since 1970-01-01 UTC. */
function lastChange(files: readonly string[]): number {
  return Math.max(...files.map((file) => Deno.statSync(file).mtime?.getTime() ?? 0));
}
