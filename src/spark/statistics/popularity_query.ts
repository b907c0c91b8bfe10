import { MOST_HALF_LIVES } from "../../base/half_life.ts";
import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { ActiveTime } from "../../interactions/active_time.ts";
import { eventsIn, type Span } from "./ratings_query.ts";

/**
 * The counts of popularity, in the columns `item` and `value`: for each item the sum, over users
 * and days, of the strongest event, faded by its age in active time, as `decayedCounts()` computes
 * it.
 *
 * @param last The time of the last event of the period.
 */
export function popularityQuery(
  span: Span,
  { halfLifeDays, active, last }: { halfLifeDays: number; active: ActiveTime; last: number },
): string {
  const pauses = active.pauses.map(({ from, to }) =>
    ` - greatest(0, least(${to}, ${last}) - greatest(${from}, time))`
  );
  const days = `(${last} - time${pauses.join("")}) / ${SECONDS_PER_DAY}.0D`;
  const weight = "CAST(weight AS DOUBLE)";
  const faded = halfLifeDays === Infinity
    ? weight
    : `${weight} * pow(2.0D, -least(${MOST_HALF_LIVES}.0D, ${days} / ${double(halfLifeDays)}))`;
  return `SELECT CAST(item AS INT) AS item, CAST(sum(strongest) AS FLOAT) AS value FROM (
SELECT item, max(${faded}) AS strongest FROM (${eventsIn(span)})
GROUP BY part, user_id, item, time div ${SECONDS_PER_DAY}) GROUP BY item`;
}

/** A literal of a double. */
export function double(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}
