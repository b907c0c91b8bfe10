import type pl from "nodejs-polars";
import type { Reject } from "./rejects.ts";

/** A column of events while they are read: each row's line in its file, UInt32. */
export const LINE = "line";

/** What was read from a file of events, or from a piece of it. */
export interface FileEvents {
  /**
   * The columns of raw events that the file has, with their types, and {@linkcode LINE}; rows in
   * file order.
   */
  readonly events: pl.DataFrame;
  /** Rows that can't be read as events. */
  readonly rejects: readonly Reject[];
  /** The number of prices that can't be read. */
  readonly unreadablePrices: number;
  /** What was guessed about the file, in words. */
  readonly guesses: readonly string[];
}
