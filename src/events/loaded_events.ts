import type pl from "nodejs-polars";
import type { CleanReport } from "./clean/clean_report.ts";
import type { Reject } from "./read/files/rejects.ts";

/** How cleaned events came about. */
export interface Cleaning {
  /** The files read. */
  readonly files: readonly string[];
  readonly report: CleanReport;
  /** Rows that couldn't be read as events. */
  readonly rejects: readonly Reject[];
  /** The file of the cache that the events were taken from; absent where they have just been cleaned. */
  readonly cached?: string;
}

/** Cleaned events in memory, and how they came about. */
export interface LoadedEvents extends Cleaning {
  /** In the columns that `schema.ts` describes. */
  readonly events: pl.DataFrame;
}

/** Cleaned events, which may be too many for memory, and how they came about. */
export interface OpenedEvents extends Cleaning, AsyncDisposable {
  /**
   * The events in the columns that `schema.ts` describes, in pieces that fit into memory; the pieces follow each other in
   * the order of time, as the rows in each do. They can be read until the events are disposed of.
   */
  readonly pieces: readonly pl.LazyDataFrame[];
}
