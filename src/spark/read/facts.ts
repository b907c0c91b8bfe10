import { columnsOf } from "../../events/tables/columns.ts";
import type { SparkSession } from "../connect/session.ts";
import { isIntegerSql, isRoundedSql } from "../sql/values.ts";
import { RAW_EVENTS } from "./keep_events.ts";

/** What is known about the raw events of a file, a day, a name of events and a problem. */
export interface FactRow {
  readonly file_number: number;
  /** Why these rows can't be read; null if they can. */
  readonly problem: string | null;
  readonly event_type: string | null;
  /** Days since 1970-01-01 UTC; null without a time. */
  readonly day: number | null;
  readonly events: number;
  /** The first and the last time in microseconds; null without times. */
  readonly first_time: number | null;
  readonly last_time: number | null;
  readonly readable_prices: number;
  readonly unreadable_prices: number;
  readonly without_session: number;
  /** Rows with a character that isn't UTF-8. */
  readonly undecodable: number;
  /**
   * Whether the ids of these columns are integers, how many a spreadsheet rounded, and how many
   * values an optional column has.
   */
  readonly [column: `${string}_integers` | `${string}_rounded` | `${string}_known`]:
    | boolean
    | number;
}

/** The columns of ids. */
export const ID_COLUMNS = columnsOf("id");

const DAY = 86_400e6;

/**
 * Looks at all kept events once, and brings counts to this machine.
 *
 * @param options `future`: later times are counted apart from their day; microseconds. `optional`:
 * the optional columns that the events may have.
 */
export async function gatherFacts(
  spark: SparkSession,
  { future, optional }: { future: number; optional: readonly string[] },
): Promise<FactRow[]> {
  const count = (condition: string) =>
    `CAST(sum(CASE WHEN ${condition} THEN 1 ELSE 0 END) AS DOUBLE)`;
  const ids = ID_COLUMNS.flatMap((name) => [
    `bool_and(${isIntegerSql(name)}) AS ${name}_integers`,
    `${count(isRoundedSql(name))} AS ${name}_rounded`,
  ]);
  const known = optional.map((name) => `CAST(count(${name}) AS DOUBLE) AS ${name}_known`);
  return await spark.rows<FactRow>(
    "read the events",
    `SELECT file_number, problem, event_type, day,
  CAST(count(*) AS DOUBLE) AS events,
  CAST(min(event_time) AS DOUBLE) AS first_time,
  CAST(max(event_time) AS DOUBLE) AS last_time,
  CAST(count(price) AS DOUBLE) AS readable_prices,
  ${count("price_unreadable")} AS unreadable_prices,
  ${count("user_session IS NULL")} AS without_session,
  ${count("undecodable")} AS undecodable,
  ${[...ids, ...known].join(",\n  ")}
FROM (
  SELECT *, CAST(floor(event_time / ${DAY}) AS INT) AS day, event_time >= ${future} AS is_future
  FROM ${RAW_EVENTS}
)
GROUP BY file_number, problem, event_type, day, is_future`,
  );
}
