import type pl from "nodejs-polars";
import type { Progress } from "../interactions/progress.ts";
import { cleanEvents, type CleanOptions } from "./clean.ts";
import type { CleanReport } from "./clean_report.ts";
import { readEvents, type ReadOptions } from "./read.ts";
import type { Reject } from "./rejects.ts";
import { withoutForgotten } from "./without_forgotten.ts";

/** Which events to load, and how to clean them. */
export interface LoadOptions extends Pick<ReadOptions, "month">, CleanOptions {
  /** When users asked to be forgotten, by id; milliseconds since 1970-01-01 UTC. Default nobody did. */
  readonly forgotten?: ReadonlyMap<string, number>;
}

/** Cleaned events and how they came about. */
export interface LoadedEvents {
  /** In the columns that `schema.ts` describes. */
  readonly events: pl.DataFrame;
  /** The files read. */
  readonly files: readonly string[];
  readonly report: CleanReport;
  /** Rows that couldn't be read as events. */
  readonly rejects: readonly Reject[];
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
  { month, forgotten = new Map(), ...options }: LoadOptions = {},
  progress?: Progress,
): Promise<LoadedEvents> {
  const raw = await readEvents(patterns, { month, progress });
  const kept = { ...raw, events: withoutForgotten(raw.events, forgotten) };
  const { events, report } = cleanEvents(kept, options);
  return { events, files: raw.files, report, rejects: raw.rejects };
}
