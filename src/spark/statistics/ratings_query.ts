import type { RatingMode } from "../../interactions/event_weights.ts";

/**
 * The table of events that show interest: `part` (that of the user), `user_id`, `session`, `item`
 * (its number), `weight`, `time` (in seconds since 1970), and what orders them, `event_time` and
 * the columns of files.
 */
export const INTEREST = "interest";

/** A period: from `from` (inclusive) to `to` (exclusive), in seconds since 1970-01-01 UTC. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The events of a period. */
export function eventsIn({ from, to }: Span): string {
  const ends = [
    ...(from > 0 ? [`time >= ${from}`] : []),
    ...(to < Infinity ? [`time < ${to}`] : []),
  ];
  return `SELECT * FROM ${INTEREST} ${ends.length === 0 ? "" : `WHERE ${ends.join(" AND ")}`}`;
}

/** A number with the precision of 32 bits, which is what it has in memory. */
export function single(expression: string): string {
  return `CAST(CAST(${expression} AS FLOAT) AS DOUBLE)`;
}

/** How the weights of one pair become a rating. */
const COMBINED: Readonly<Record<RatingMode, string>> = {
  max: "max(CAST(weight AS DOUBLE))",
  sum: single("sum(CAST(weight AS DOUBLE))"),
  logsum: single("log2(1 + sum(CAST(weight AS DOUBLE)))"),
};

/**
 * One row per user and item, in this order: `part` and `user_id`, `item`, `rating`, `last` (the
 * time of the last event), and `n`, the number of the user's items.
 */
export function ratingsIn(span: Span, rating: RatingMode): string {
  return `SELECT *, CAST(count(*) OVER (PARTITION BY part, user_id) AS DOUBLE) AS n FROM (
SELECT part, user_id, item, ${COMBINED[rating]} AS rating, max(time) AS last
FROM (${eventsIn(span)}) GROUP BY part, user_id, item) SORT BY part, user_id, item`;
}
