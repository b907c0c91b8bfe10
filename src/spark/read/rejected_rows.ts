import { NO_TIME_REASON, type Reject } from "../../events/read/files/rejects.ts";
import type { WrongSpan } from "../../events/read/wrong_clocks.ts";
import type { SparkSession } from "../connect/session.ts";
import { sqlText } from "../sql/quote.ts";
import { RAW_EVENTS } from "./keep_events.ts";
import { type ClusterEvents, READ_EVENTS } from "./open_sources.ts";
import { HEADER, ORDER, PLACE } from "./source.ts";

/** Whether an event's time is in one of the spans; never null. */
export function isWrongSql(spans: readonly WrongSpan[]): string {
  const parts = spans.map(({ from, to }) =>
    `event_time >= ${from}${to === Infinity ? "" : ` AND event_time < ${to}`}`
  );
  return parts.length === 0 ? "false" : `coalesce(${parts.join(" OR ")}, false)`;
}

/**
 * Brings the rows that can't be read as events to this machine, in the order of files and lines.
 *
 * @param spans Times with wrong clocks, whose rows are rejected, too.
 * @param most How many to bring at most.
 */
export async function readRejects(
  spark: SparkSession,
  { files, sources }: ClusterEvents,
  { spans, most }: { spans: readonly WrongSpan[]; most: number },
): Promise<Reject[]> {
  const reasons = spans.map((span) => `WHEN ${isWrongSql([span])} THEN ${sqlText(span.reason)}`)
    .join(" ");
  const reason = `coalesce(problem, CASE ${reasons || "WHEN false THEN ''"} END)`;
  // The text of rows with a time isn't kept.
  const table = spans.length === 0 ? RAW_EVENTS : READ_EVENTS;
  const found = await spark.rows<PlacedRow & { reason: string; line: string }>(
    "list the rejected rows",
    `SELECT file_number, ${placeColumns}, reason, line FROM (
  SELECT ${ORDER.join(", ")}, line, ${reason} AS reason FROM ${table}
) WHERE reason IS NOT NULL ORDER BY ${ORDER.join(", ")} LIMIT ${most}`,
  );
  const starts = await blockStarts(spark, sources.map(({ view }) => view));
  return found.map(({ file_number, block, row, reason, line }) => {
    const file = files[file_number];
    const start = starts.get(file)!.get(block)!;
    return { file, line: start.before + row - start.row + 1, reason, text: line };
  }).filter(({ reason, line }) => reason !== HEADER || line > 1)
    .map((reject) => reject.reason === HEADER ? { ...reject, reason: NO_TIME_REASON } : reject);
}

interface PlacedRow {
  readonly file_number: number;
  readonly block: number;
  readonly row: number;
}

const placeColumns = "CAST(place_block AS DOUBLE) AS block, CAST(place_row AS DOUBLE) AS row";

/** The number of lines of its file before each block, and the number of its first row. */
async function blockStarts(
  spark: SparkSession,
  views: readonly string[],
): Promise<Map<string, Map<number, { before: number; row: number }>>> {
  const all = views.map((view) => `SELECT ${PLACE.join(", ")} FROM ${view}`).join(" UNION ALL ");
  const blocks = await spark.rows<{ file: string; block: number; row: number; rows: number }>(
    "count the lines of files",
    `SELECT place_file AS file, CAST(place_block AS DOUBLE) AS block,
  CAST(min(place_row) AS DOUBLE) AS row, CAST(count(*) AS DOUBLE) AS rows
FROM (${all}) GROUP BY place_file, place_block ORDER BY place_file, place_block`,
  );
  const starts = new Map<string, Map<number, { before: number; row: number }>>();
  let [last, before] = ["", 0];
  for (const { file, block, row, rows } of blocks) {
    if (file !== last) [last, before] = [file, 0];
    const own = starts.get(file) ?? new Map();
    starts.set(file, own.set(block, { before, row }));
    before += rows;
  }
  return starts;
}
