import { ORDER } from "../clean/clean_query.ts";
import { eventsIn, type Span } from "./ratings_query.ts";

/**
 * The events of sessions, in the order of `groupBySession()`: sessions by their ends, ties by user
 * and by the first event.
 *
 * @param from Only sessions that end at this time or later, in seconds since 1970-01-01 UTC.
 */
export function sessionsQuery(span: Span, from: number): string {
  const moment = ["event_time", ...ORDER];
  const first = `named_struct(${moment.map((name) => `'${name}', ${name}`).join(", ")})`;
  const session = "PARTITION BY part, user_id, session";
  return `SELECT CAST(item AS INT) AS item, weight, CAST(ends AS DOUBLE) AS ends,
CAST(CASE WHEN place = 1 THEN 1 ELSE 0 END AS INT) AS begins FROM (
SELECT *, max(time) OVER (${session}) AS ends, min(${first}) OVER (${session}) AS begun,
  row_number() OVER (${session} ORDER BY ${moment.join(", ")}) AS place
FROM (${eventsIn(span)})) WHERE ends >= ${from}
ORDER BY ends, user_id, begun, place`;
}
