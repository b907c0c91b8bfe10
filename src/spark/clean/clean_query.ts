import { botsStep, sampleStep, type UserOptions } from "../../events/clean/excluded_users.ts";
import { SESSION_GAP_MINUTES } from "../../events/clean/sessions.ts";
import { DUPLICATES, VALIDITY_RULES } from "../../events/clean/validity_rules.ts";
import { REMOVAL } from "../../events/tables/event_types.ts";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { EVENT_WEIGHTS } from "../../interactions/event_weights.ts";
import type { EventsDescription } from "../read/describe_events.ts";
import { ID_COLUMNS } from "../read/facts.ts";
import type { MonthSpan } from "../read/month_span.ts";
import { inRangeSql, type PartRange, RAW_EVENTS } from "../read/keep_events.ts";
import { CLEANED_COLUMNS } from "../read/open_sources.ts";
import { isWrongSql } from "../read/rejected_rows.ts";
import { ORDER } from "../read/source.ts";
import { conditionSql } from "../sql/condition.ts";
import { sqlText } from "../sql/quote.ts";

export { ORDER };

/** What a query of cleaning needs to know. */
export interface CleanFacts extends Pick<UserOptions, "maxEventsPerUser"> {
  readonly description: EventsDescription;
  readonly month?: MonthSpan;
  /** When users were forgotten, by id; milliseconds since 1970-01-01 UTC. */
  readonly forgotten: ReadonlyMap<string, number>;
  /** The optional columns that the events have. */
  readonly optional: readonly string[];
  /** Whether the events have been cleaned before. */
  readonly isCleaned: boolean;
}

const IN_TIME = ["event_time", ...ORDER].join(", ");

/**
 * The columns of raw events by which duplicates are told. First those by which carts are cancelled:
 * what is in this order for the one is nearly so for the other.
 */
function rawNames({ optional, isCleaned }: CleanFacts): string[] {
  return [
    ...["user_id", "user_session", "product_id", "event_time", "event_type"],
    ...["category_id", "category_code", "brand", "price", ...optional],
    ...(isCleaned ? CLEANED_COLUMNS : []),
  ];
}

/** The steps that may drop a row, in their order; the column `dropped` has their numbers from 1. */
export function stepsOf(
  { maxEventsPerUser, users }: Pick<UserOptions, "maxEventsPerUser" | "users">,
): string[] {
  return [
    DUPLICATES,
    ...VALIDITY_RULES.map(({ step }) => step),
    ...(maxEventsPerUser === undefined ? [] : [botsStep(maxEventsPerUser)]),
    ...(users === undefined ? [] : [sampleStep(users)]),
  ];
}

/**
 * Events with typed columns, without those that are rejected, ignored, forgotten or of another
 * month; `dropped` has the number of the step that drops a row, or 0. Users aren't excluded yet.
 *
 * @param range The users; default all.
 */
export function checkedEvents(facts: CleanFacts, range?: PartRange): string {
  const rules = VALIDITY_RULES.map(({ broken }, i) => `WHEN ${conditionSql(broken)} THEN ${i + 2}`);
  const names = rawNames(facts).join(", ");
  return `SELECT *, CASE WHEN copy > 1 THEN 1 ${rules.join(" ")} ELSE 0 END AS dropped FROM (
SELECT *, row_number() OVER (PARTITION BY part, ${names} ORDER BY ${ORDER.join(", ")}) AS copy
FROM (${typedEvents(facts, range)}))`;
}

function typedEvents(facts: CleanFacts, range?: PartRange): string {
  const { description: { types, integers, wrongClocks }, month, forgotten } = facts;
  const translated = [...types].filter(([name, type]) => name !== type)
    .map(([name, type]) => {
      const is = name === null ? "event_type IS NULL" : `event_type = ${sqlText(name)}`;
      return `WHEN ${is} THEN ${type === null ? "NULL" : sqlText(type)}`;
    });
  const type = translated.length === 0
    ? "event_type"
    : `CASE ${translated.join(" ")} ELSE event_type END`;
  const columns = [...ORDER, "part", ...rawNames(facts)].map((name) => {
    if (name === "event_type") return `${type} AS event_type`;
    const isInteger = (ID_COLUMNS as readonly string[]).includes(name) && integers.has(name);
    return isInteger ? `try_cast(${name} AS BIGINT) AS ${name}` : name;
  });
  const wanted = [
    inRangeSql(range),
    "problem IS NULL",
    `NOT ${isWrongSql(wrongClocks)}`,
    `coalesce((${type}) <> '', true)`,
    ...(month
      ? [`(event_time IS NULL OR event_time >= ${month.from} AND event_time < ${month.to})`]
      : []),
    ...(forgotten.size > 0
      ? ["(forgotten_at IS NULL OR coalesce(floor(event_time / 1000) >= forgotten_at, false))"]
      : []),
  ];
  const users = [...forgotten].map(([user, at]) => `(${sqlText(user)}, ${at}L)`).join(", ");
  const join = forgotten.size === 0
    ? ""
    : `LEFT JOIN (SELECT * FROM VALUES ${users} AS f(forgotten_user, forgotten_at)) AS forgotten ` +
      `ON ${RAW_EVENTS}.user_id = forgotten.forgotten_user`;
  // All that follows looks at one user at a time: moved to their parts once, events stay there.
  return `SELECT /*+ REPARTITION(part) */ ${columns.join(", ")} FROM ${RAW_EVENTS} ${join} WHERE ${
    wanted.join(" AND ")
  }`;
}

/** The number of valid events of each user. */
export function eventsByUser(checked: string): string {
  return `SELECT user_id, count(*) AS events FROM ${checked} WHERE dropped = 0 GROUP BY user_id`;
}

/**
 * Marks the rows of excluded users.
 *
 * @param tables `checked`: {@linkcode checkedEvents}. `users`: {@linkcode eventsByUser}. `sampled`:
 * the ids of the sample, if there is one.
 */
export function withoutUsers(
  { checked, users, sampled }: { checked: string; users: string; sampled?: string },
  facts: CleanFacts,
): string {
  const { maxEventsPerUser } = facts;
  const first = VALIDITY_RULES.length + 2;
  const isBot = maxEventsPerUser === undefined
    ? undefined
    : `coalesce(u.events > ${maxEventsPerUser}, false)`;
  const steps = [
    ...(isBot ? [`WHEN ${isBot} THEN ${first}`] : []),
    ...(sampled ? [`WHEN s.sampled IS NULL THEN ${isBot ? first + 1 : first}`] : []),
  ];
  const sample = sampled === undefined
    ? ""
    : `LEFT JOIN (SELECT user_id AS sampled FROM ${sampled}) AS s ON e.user_id = s.sampled`;
  const names = [...ORDER, "part", ...rawNames(facts)].map((name) => `e.${name}`).join(", ");
  return `SELECT ${names}, ` +
    `CASE WHEN e.dropped > 0 THEN e.dropped ${steps.join(" ")} ELSE 0 END AS dropped ` +
    `FROM ${checked} AS e LEFT JOIN ${users} AS u ON e.user_id = u.user_id ${sample}`;
}

/**
 * Selects the columns of cleaned events and dropped rows, in any order, with the columns
 * {@linkcode ORDER}.
 *
 * @param cleaned {@linkcode cleanedTable}.
 * @param range The users; default all.
 */
export function cleanedEvents(cleaned: string, facts: CleanFacts, range?: PartRange): string {
  const names = [...cleanedNames(facts), ...ORDER].join(", ");
  return `SELECT ${names} FROM ${cleaned} WHERE ${inRangeSql(range)}`;
}

function cleanedNames({ optional }: CleanFacts): string[] {
  return [
    ...["dropped", "derived", "event_time", "event_type", "product_id", "category_id"],
    ...["category_code", "brand", "price", "user_id", "user_session", ...optional],
    ...["rating", "day_of_week", "hour"],
  ];
}

/**
 * Cleaned events and dropped rows in any order, with the columns {@linkcode ORDER} and `part`.
 *
 * @param checked The query of events with `dropped`, users excluded.
 */
export function cleanedTable(checked: string, facts: CleanFacts): string {
  const { optional, isCleaned, description: { types, lacksSessions } } = facts;
  const names = [...ORDER, "part", ...rawNames(facts), "dropped"];
  const sessioned = lacksSessions
    ? withSessions(checked, names)
    : `SELECT ${names.join(", ")}, false AS derived FROM (${checked})`;
  const removes = !isCleaned && [...types.values()].includes(REMOVAL);
  const marked = removes
    ? withCancelled(sessioned, [...names, "derived"])
    : `SELECT *, false AS cancelled FROM (${sessioned})`;
  const known = (name: string) => `coalesce(${name}, ${sqlText(UNKNOWN)}) AS ${name}`;
  const columns = [
    "CAST(dropped AS INT) AS dropped",
    "derived",
    "timestamp_micros(event_time) AS event_time",
    ...["event_type", "product_id", "category_id", known("category_code"), known("brand"), "price"],
    ...["user_id", "user_session", ...optional],
    ...(isCleaned ? CLEANED_COLUMNS.map((name) => `${name} AS ${name.slice(4)}`) : ENGINEERED),
    ...[...ORDER, "part"],
  ];
  return `SELECT ${columns.join(", ")} FROM (${marked})`;
}

const RATING = Object.entries(EVENT_WEIGHTS)
  .map(([type, weight]) => `WHEN event_type = ${sqlText(type)} THEN ${weight}`).join(" ");

/** The columns that cleaning adds, as `engineeredColumns()` makes them. */
const ENGINEERED = [
  `CAST(CASE WHEN cancelled THEN 0 ${RATING} ELSE 0 END AS FLOAT) AS rating`,
  "CAST((dayofweek(timestamp_micros(event_time)) + 5) % 7 + 1 AS INT) AS day_of_week",
  "CAST(hour(timestamp_micros(event_time)) AS INT) AS hour",
];

/** Fills in missing sessions by gaps in time, as `deriveSessions()` does. */
function withSessions(checked: string, names: readonly string[]): string {
  const gap = SESSION_GAP_MINUTES * 60e6;
  const window = `PARTITION BY part, user_id, lacks ORDER BY ${IN_TIME}`;
  const before = `lag(event_time) OVER (${window})`;
  const start = `max(CASE WHEN begins THEN event_time END) OVER (${window} ` +
    "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)";
  const id = `concat(CAST(user_id AS STRING), '-', ` +
    `date_format(timestamp_micros(started), "yyyyMMdd'T'HHmmss"))`;
  const filled = names.map((name) =>
    name === "user_session" ? `CASE WHEN lacks THEN ${id} ELSE user_session END AS ${name}` : name
  );
  return `SELECT ${filled.join(", ")}, lacks AS derived
FROM (SELECT *, ${start} AS started FROM (
SELECT *, coalesce(event_time - ${before} > ${gap}, true) AS begins FROM (
SELECT *, user_session IS NULL AND dropped = 0 AS lacks FROM (${checked}))))`;
}

/**
 * Marks the carts that removals cancel, as brackets match: `open_carts` counts the carts that are
 * open after a row, and a cart is cancelled if fewer are open at some later row.
 */
function withCancelled(events: string, names: readonly string[]): string {
  const pair = "PARTITION BY part, user_id, user_session, product_id";
  const past = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
  const future = "ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING";
  const over = (rows: string) => `OVER (${pair} ORDER BY ${IN_TIME} ${rows})`;
  const step = `CASE WHEN dropped > 0 THEN 0 WHEN event_type = 'cart' THEN 1 ` +
    `WHEN event_type = ${sqlText(REMOVAL)} THEN -1 ELSE 0 END`;
  // A removal without an open cart leaves none open: the sum's lowest point so far counts as zero.
  return `SELECT ${names.join(", ")}, ` +
    `coalesce(step = 1 AND min(open_carts) ${over(future)} < open_carts, false) AS cancelled
FROM (SELECT *, balance - least(0, min(balance) ${over(past)}) AS open_carts FROM (
SELECT *, sum(step) ${over(past)} AS balance FROM (
SELECT *, ${step} AS step FROM (${events}))))`;
}
