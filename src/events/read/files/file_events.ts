import type pl from "nodejs-polars";
import type { Reject } from "./rejects.ts";

/** What was read from one file of events, or from a piece of it. */
export interface FileEvents {
  /** The columns that the file has of those that raw events have, of their types; rows as in the file. */
  readonly events: pl.DataFrame;
  /** Rows that can't be read as events. */
  readonly rejects: readonly Reject[];
}
