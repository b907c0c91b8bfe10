import type { EventWeights } from "../../interactions/event_weights.ts";
import { EVENT_WEIGHTS, INTEREST_TYPES } from "../../interactions/event_weights.ts";
import { ORDER } from "../clean/clean_query.ts";
import { sqlText } from "../sql/quote.ts";
import { SHOWS_INTEREST } from "../train/cluster_products.ts";

/** The files that executors need: this program, and the kernels that it computes with. */
export const EXECUTOR_FILES = { program: "lists.js", kernels: "kernels.wasm" } as const;

/** Nothing but reading the artifact, wherever it is. */
const PERMISSIONS = ["--allow-read", "--allow-net", "--allow-env", "--allow-sys"];

const FIELDS = "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'";

/** Spark reads the reason of a failure while the command lasts, and may come too late. */
const LINGERS = "|| { code=$?; sleep 1; exit $code; }";

/** The lines that executors make of each `line` of a query, by running the program. */
export function transformed(query: string, argument: string): string {
  const run = ["deno", "run", "-q", "--no-prompt", "--no-config", "--no-lock", ...PERMISSIONS];
  const command = [...run, EXECUTOR_FILES.program, argument, LINGERS].join(" ");
  return `SELECT TRANSFORM(line) ${FIELDS} USING ${sqlText(command)} AS (line STRING) ${FIELDS} ` +
    `FROM (${query})`;
}

/** The weight of an event with interest, by its rating. */
export function weightIn(weights: EventWeights): string {
  const cases = INTEREST_TYPES.map((type) => `WHEN ${EVENT_WEIGHTS[type]} THEN ${weights[type]}`);
  return `CAST(CASE CAST(rating AS INT) ${cases.join(" ")} ELSE rating END AS FLOAT)`;
}

/** The seconds from 1970-01-01 UTC to an event. */
export const SECONDS = "unix_micros(event_time) div 1000000";

/**
 * A `line` of JSON per user, with the events that show interest in the order of files.
 *
 * @param cleaned The table of cleaned events.
 */
export function userLines(cleaned: string, weights: EventWeights): string {
  const event = [
    ...["event_time", ...ORDER].map((name) => `'${name}', ${name}`),
    "'p', CAST(product_id AS STRING)",
    `'w', ${weightIn(weights)}`,
    `'t', ${SECONDS}`,
  ].join(", ");
  return `SELECT to_json(named_struct('user', CAST(user_id AS STRING), 'events',
transform(sort_array(collect_list(named_struct(${event}))),
  e -> named_struct('p', e.p, 'w', e.w, 't', e.t)))) AS line
FROM ${cleaned} WHERE ${SHOWS_INTEREST} GROUP BY user_id`;
}

const LIST = "user STRING, strategy STRING, model STRING, " +
  "items ARRAY<STRUCT<p: STRING, s: FLOAT, o: STRING>>";

/** The rows of lists in lines of JSON, with the columns of `deno task batch`. */
export function listRows(lines: string): string {
  return `SELECT list.user AS user_id, CAST(place + 1 AS SMALLINT) AS rank, item.p AS product_id,
item.s AS score, item.o AS source, list.strategy AS strategy, list.model AS model
FROM (SELECT list, posexplode(list.items) AS (place, item)
FROM (SELECT from_json(line, '${LIST}') AS list FROM (${lines})))`;
}
