import { OPTIONAL_NAMES } from "../../events/tables/schema.ts";
import type { SparkSession } from "../connect/session.ts";
import { CLEANED_COLUMNS, type ClusterEvents, READ_EVENTS } from "./open_sources.ts";
import { ORDER } from "./source.ts";

/** The table of raw events that {@linkcode keepEvents} has the cluster keep. */
export const RAW_EVENTS = "raw_events";

/** The events of some users: those whose column `part` is from `from` to below `to`. */
export interface PartRange {
  readonly from: number;
  readonly to: number;
}

/** The number of hexadecimal digits of a part's number. */
export const PART_DIGITS = 4;

/** The number of parts: all events of a user are in one, and each has about as many. */
const PARTS = 16 ** PART_DIGITS;

/** Rows without a user are spread, too; what is equal stays together. */
const PART = `pmod(hash(coalesce(user_id, CAST(event_time AS STRING))), ${PARTS})`;

/**
 * Has the cluster read all events once and keep them as {@linkcode RAW_EVENTS}: with their places
 * and `part`, by which they are sorted so that a query of few parts reads little else; their text
 * only if they can't be read.
 *
 * @param folder Where Sail keeps them; Spark needs none.
 */
export async function keepEvents(
  spark: SparkSession,
  { sources }: ClusterEvents,
  folder?: string,
): Promise<void> {
  const isCleaned = sources.every(({ isCleaned }) => isCleaned);
  const columns = [
    ...ORDER,
    "problem",
    "CASE WHEN problem IS NOT NULL THEN line END AS line",
    "contains(line, '\ufffd') AS undecodable",
    ...["event_time", "event_type", "product_id", "category_id", "category_code", "brand"],
    ...["user_id", "user_session", "price", "price_unreadable", ...optionalIn(sources)],
    ...(isCleaned ? CLEANED_COLUMNS : []),
    `${PART} AS part`,
  ];
  await spark.keep(
    RAW_EVENTS,
    `SELECT ${columns.join(", ")} FROM ${READ_EVENTS} SORT BY part`,
    folder,
  );
}

/** The optional columns that some sources have or may have. */
export function optionalIn(sources: ClusterEvents["sources"]): string[] {
  return OPTIONAL_NAMES.filter((name) => sources.some(({ optional }) => optional.includes(name)));
}

/** Ranges of parts with about a number of rows each. */
export function partRanges(rows: number, rowsAtOnce: number): PartRange[] {
  const ranges = Math.min(PARTS, Math.max(1, Math.ceil(rows / rowsAtOnce)));
  const begin = (range: number) => Math.round(range * PARTS / ranges);
  return Array.from({ length: ranges }, (_, i) => ({ from: begin(i), to: begin(i + 1) }));
}

/** Whether a row is in a range; all are if there is none. */
export function inRangeSql(range: PartRange | undefined): string {
  return range === undefined ? "true" : `part >= ${range.from} AND part < ${range.to}`;
}
