import type pl from "nodejs-polars";
import type { Reject } from "./rejects.ts";

/** What was read from a file of events, or from a piece of it. */
export interface FileEvents {
  /** The columns of raw events that the file has, with their types; rows in file order. */
  readonly events: pl.DataFrame;
  /** Rows that can't be read as events. */
  readonly rejects: readonly Reject[];
}
