import type { Progress } from "../../base/progress.ts";
import { excludesUsers } from "../../events/clean/excluded_users.ts";
import type { LoadOptions } from "../../events/load.ts";
import { checkRejects, type Reject } from "../../events/read/files/rejects.ts";
import { OPTIONAL_NAMES } from "../../events/tables/schema.ts";
import { createWrongClocks } from "../../events/read/wrong_clocks.ts";
import type { SparkSession } from "../connect/session.ts";
import { describeEvents, type EventsDescription } from "../read/describe_events.ts";
import { type FactRow, gatherFacts } from "../read/facts.ts";
import { keepEvents, optionalIn, type PartRange, RAW_EVENTS } from "../read/keep_events.ts";
import { monthSpan } from "../read/month_span.ts";
import { type ClusterEvents, openSources } from "../read/open_sources.ts";
import { readRejects } from "../read/rejected_rows.ts";
import {
  checkedEvents,
  type CleanFacts,
  eventsByUser,
  stepsOf,
  withoutUsers,
} from "./clean_query.ts";
import { sampledUsers } from "./sampled_users.ts";

/** How events are cleaned, wherever they go then. */
export type CheckOptions = Omit<LoadOptions, "cache" | "bytesAtOnce" | "trusted" | "scratch">;

/** What users are excluded by. */
type Excluding = Pick<CheckOptions, "users" | "seed" | "maxEventsPerUser">;

const [USERS, SAMPLED] = ["users", "sampled"];

/** Events on the cluster of which each row is marked with the step that drops it. */
export interface CheckedEvents {
  /**
   * The query of them, see `checkedEvents()`.
   *
   * @param range The users; default all.
   */
  query(range?: PartRange): string;
  /** Has the cluster remove the events that it keeps for the query. */
  forget(): Promise<void>;
  readonly facts: CleanFacts;
  readonly events: ClusterEvents;
  readonly rejects: readonly Reject[];
  /** The steps of cleaning, in their order. */
  readonly steps: readonly string[];
}

/** How many rejected rows of files that are refused are shown. */
const SHOWN_REJECTS = 10_000;

/**
 * Opens events on a cluster, finds out what they are, and marks the rows that cleaning drops.
 *
 * @param options `folder`: where Sail keeps events; Spark needs none.
 * @throws {InputError} If files are missing, or too many of their rows are malformed.
 */
export async function checkEvents(
  spark: SparkSession,
  patterns: readonly string[],
  { folder, month, format, forgotten = new Map(), ...users }: CheckOptions & { folder?: string },
  progress: Progress = () => {},
): Promise<CheckedEvents> {
  const span = month === undefined ? undefined : monthSpan(month);
  const clocks = createWrongClocks();
  const events = await openSources(spark, patterns, format);
  progress(0.1);
  await keepEvents(spark, events, folder);
  progress(0.8);
  const optional = optionalIn(events.sources);
  const counts = await gatherFacts(spark, { future: clocks.future, optional });
  const description = describeEvents(counts, events, { format, month: span, clocks });
  progress(1);
  const rejects = await rejectsOf(spark, events, description);
  const facts: CleanFacts = {
    description,
    month: span,
    forgotten,
    optional: optionalOf(events, counts),
    isCleaned: events.sources.every(({ isCleaned }) => isCleaned),
    maxEventsPerUser: users.maxEventsPerUser,
  };
  const forget = () => spark.forget(RAW_EVENTS);
  const checked = { forget, facts, events, rejects, steps: stepsOf(users) };
  if (!excludesUsers(users)) return { ...checked, query: (range) => checkedEvents(facts, range) };
  await keepUsers(spark, users, facts, folder);
  const sampled = users.users === undefined ? undefined : SAMPLED;
  return {
    ...checked,
    query: (range) =>
      withoutUsers({ checked: `(${checkedEvents(facts, range)})`, users: USERS, sampled }, facts),
  };
}

/** The optional columns that files have, those of JSON lines if they have any values. */
function optionalOf({ files, sources }: ClusterEvents, counts: readonly FactRow[]): string[] {
  const hasValues = (name: string, own: readonly string[]) =>
    counts.some((row) =>
      own.includes(files[row.file_number]) && Number(row[`${name}_known`]) > 0 &&
      row.problem === null
    );
  const names = sources.flatMap(({ optional, mayLackColumns, files: own }) =>
    mayLackColumns ? optional.filter((name) => hasValues(name, own)) : optional
  );
  return OPTIONAL_NAMES.filter((name) => names.includes(name));
}

/** The rejected rows in the order of files and lines. */
async function rejectsOf(
  spark: SparkSession,
  events: ClusterEvents,
  { rejected, wrongClocks, reading }: EventsDescription,
): Promise<Reject[]> {
  if (rejected === 0 && wrongClocks.length === 0) return [];
  const most = Math.max(SHOWN_REJECTS, Math.ceil(reading.rows));
  const rejects = await readRejects(spark, events, { spans: wrongClocks, most });
  checkRejects(rejects, reading.rows);
  return rejects;
}

/** Has the cluster keep the table of users with the number of their events, and of the sample. */
async function keepUsers(
  spark: SparkSession,
  { users: sample, seed = 1, maxEventsPerUser }: Excluding,
  facts: CleanFacts,
  folder?: string,
): Promise<void> {
  await spark.keep(USERS, eventsByUser(`(${checkedEvents(facts)})`), folder);
  if (sample === undefined) return;
  const options = { sample, seed, maxEventsPerUser };
  await spark.keep(SAMPLED, await sampledUsers(spark, USERS, options), folder);
}
