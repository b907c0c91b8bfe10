import type pl from "nodejs-polars";
import type { CleanReport } from "./clean_report.ts";
import type { Reject } from "./rejects.ts";

/** Cleaned events and how they came about. */
export interface LoadedEvents {
  /** In the columns that `schema.ts` describes. */
  readonly events: pl.DataFrame;
  /** The files read. */
  readonly files: readonly string[];
  readonly report: CleanReport;
  /** Rows that couldn't be read as events. */
  readonly rejects: readonly Reject[];
  /** The file of the cache that the events were taken from; absent where they have just been cleaned. */
  readonly cached?: string;
}
