import type pl from "nodejs-polars";
import type { CleanReport } from "./clean/clean_report.ts";
import type { ReadReport } from "./read/read_report.ts";
import type { Reject } from "./read/files/rejects.ts";

/** Where cleaned events come from. */
export interface Cleaning {
  /** The files read. */
  readonly files: readonly string[];
  readonly report: CleanReport;
  /** Rows that couldn't be read as events. */
  readonly rejects: readonly Reject[];
  /** What was found out about the files. */
  readonly reading: ReadReport;
  /** The cache file that holds the events; absent if they have just been cleaned. */
  readonly cached?: string;
}

/** Cleaned events in memory, and where they come from. */
export interface LoadedEvents extends Cleaning {
  /** With the columns that `schema.ts` describes. */
  readonly events: pl.DataFrame;
}

/** Cleaned events, possibly too many for memory, and where they come from. */
export interface OpenedEvents extends Cleaning, AsyncDisposable {
  /**
   * The events, with the columns that `schema.ts` describes, in pieces that fit in memory. Pieces
   * and their rows are in time order. They can be read until the events are disposed of.
   */
  readonly pieces: readonly pl.LazyDataFrame[];
}
