import type { SparkSession } from "../connect/session.ts";
import type { SourceFiles } from "../connect/plans.ts";
import { sqlText } from "../sql/quote.ts";

/** Files of one form, as a table of raw events. */
export interface Source {
  readonly files: readonly string[];
  /** What was guessed about them, in words. */
  readonly guesses: readonly string[];
  /** Which optional columns they have, or may have. */
  readonly optional: readonly string[];
  /** Whether the first lines don't tell which columns there are, as in JSON lines. */
  readonly mayLackColumns: boolean;
  /** Whether the events have been cleaned before. */
  readonly isCleaned: boolean;
  /** The table of their lines or rows, with the columns that tell a row's place. */
  readonly view: string;
  /**
   * Selects the columns that tell a row's place, `line` (its text), `problem` (why it can't be
   * read, {@linkcode HEADER}, or null), `event_time` (microseconds), `price`, `price_unreadable`,
   * and all others of raw events as text; of cleaned ones, also `old_rating`, `old_day_of_week` and
   * `old_hour`.
   */
  readonly query: string;
}

/** The problem of lines that repeat the header; each file's first line has it. */
export const HEADER = "header";

/** The columns that tell a row's place: in the order of these, rows are in the order of files. */
export const PLACE = ["place_file", "place_block", "place_row"] as const;

/** The columns by which rows are in the order of files and lines, among all events. */
export const ORDER = ["file_number", ...PLACE.slice(1)] as const;

/**
 * How many files a table may have on this server. Spark tells which file a row is from; Sail
 * doesn't, so there each file is a table of its own.
 */
export function mostFilesAtOnce(spark: SparkSession): number {
  return spark.server.name === "Spark" ? Infinity : 1;
}

/**
 * A table of files with the columns {@linkcode PLACE}: the file, the block of it that was read at a
 * time, and a number that ascends within the block.
 *
 * @param columns The other columns, as expressions of SQL.
 */
export function placedFiles(
  spark: SparkSession,
  files: Pick<SourceFiles, "format" | "paths" | "options">,
  columns: readonly string[],
): SourceFiles {
  const [file, block] = spark.server.name === "Spark"
    ? ["_metadata.file_path", "_metadata.file_block_start"]
    // Its numbers of rows begin with that of the piece of the file, in the upper bits.
    : [sqlText(files.paths[0]), "shiftright(monotonically_increasing_id(), 33)"];
  const places = [file, block, "monotonically_increasing_id()"];
  const placed = places.map((expression, i) => `${expression} AS ${PLACE[i]}`);
  return { ...files, columns: [...placed, ...columns] };
}
