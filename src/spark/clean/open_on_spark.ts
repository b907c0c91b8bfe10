import type { Progress } from "../../base/progress.ts";
import { excludesUsers } from "../../events/clean/excluded_users.ts";
import type { LoadOptions } from "../../events/load.ts";
import { nothingLeft } from "../../events/nothing_left.ts";
import type { OpenedEvents } from "../../events/loaded_events.ts";
import { checkRejects, type Reject } from "../../events/read/files/rejects.ts";
import { createWrongClocks } from "../../events/read/wrong_clocks.ts";
import { explainFullDisk, makeScratchFolder } from "../../events/scratch.ts";
import { readServerAddress } from "../connect/server_address.ts";
import { openSession, type SparkSession } from "../connect/session.ts";
import { describeEvents, type EventsDescription } from "../read/describe_events.ts";
import { gatherFacts } from "../read/facts.ts";
import { listFiles } from "../read/list_files.ts";
import { monthSpan } from "../read/month_span.ts";
import { type ClusterEvents, openSources } from "../read/open_sources.ts";
import { readRejects } from "../read/rejected_rows.ts";
import {
  checkedEvents,
  cleanedEvents,
  type CleanFacts,
  eventsByUser,
  stepsOf,
  withoutUsers,
} from "./clean_query.ts";
import { collectCleaned } from "./collect_cleaned.ts";
import { sampleUsers } from "./sampled_users.ts";

/** What cleaning on a cluster can do of what one machine can. */
export type ClusterOptions = Omit<LoadOptions, "cache" | "bytesAtOnce" | "trusted"> & {
  /** The server's address, like `sc://127.0.0.1:15002`. */
  readonly master: string;
  /** Stops what runs on the cluster. */
  readonly signal?: AbortSignal;
};

/** How many rejected rows of files that are refused are shown. */
const SHOWN_REJECTS = 10_000;

/** The progress when the form of the files is known, and when all rows have been counted. */
const [OPENED, COUNTED] = [0.05, 0.4];

/**
 * Cleans events on a Spark cluster, with the result that `openEvents()` has on one machine: the
 * same rows in the same order, the same report and rejected rows. The cleaned events come to this
 * machine's disk, a million at a time in memory.
 *
 * @param patterns Paths, folders, patterns or addresses that the cluster can read.
 * @throws {InputError} As `openEvents()` does; also if no server answers, or Spark can't read what
 * one machine could: JSON lines, other encodings than UTF-8, line breaks within quotes.
 *
 * @example
 * ```ts ignore
 * await using opened = await openOnSpark(["s3a://shop/2019-*.parquet"], {
 *   master: "sc://spark.example:15002",
 * });
 * ```
 */
export async function openOnSpark(
  patterns: readonly string[],
  { master, scratch, signal, ...options }: ClusterOptions,
  progress?: Progress,
): Promise<OpenedEvents> {
  await using spark = await openSession(readServerAddress(master));
  const interrupt = () => void spark.interrupt().catch(() => {});
  signal?.addEventListener("abort", interrupt, { once: true });
  const folder = await makeScratchFolder(scratch);
  try {
    const cleaned = await cleanOnSpark(
      spark,
      patterns,
      { ...options, folder: folder.path },
      progress,
    );
    return { ...cleaned, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw explainFullDisk(error, folder.path);
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}

/**
 * The addresses of the files that patterns match on a cluster.
 *
 * @param master The server's address.
 * @throws {InputError} If no server answers, or a pattern matches nothing.
 */
export async function filesOnSpark(
  patterns: readonly string[],
  master: string,
): Promise<string[]> {
  await using spark = await openSession(readServerAddress(master));
  return (await listFiles(spark, patterns)).map(({ path }) => path);
}

async function cleanOnSpark(
  spark: SparkSession,
  patterns: readonly string[],
  { folder, month, format, forgotten = new Map(), ...users }:
    & Omit<ClusterOptions, "master" | "scratch" | "signal">
    & { folder: string },
  progress?: Progress,
): Promise<Omit<OpenedEvents, keyof AsyncDisposable>> {
  const span = month === undefined ? undefined : monthSpan(month);
  const clocks = createWrongClocks();
  const events = await openSources(spark, patterns, format);
  progress?.(OPENED);
  const counts = await gatherFacts(spark, clocks.future);
  const description = describeEvents(counts, events, { format, month: span, clocks });
  progress?.(COUNTED);
  const rejects = await rejectsOf(spark, events, description);
  const facts: CleanFacts = {
    description,
    month: span,
    forgotten,
    optional: [...new Set(events.sources.flatMap(({ optional }) => optional))],
    isCleaned: events.sources.every(({ isCleaned }) => isCleaned),
    maxEventsPerUser: users.maxEventsPerUser,
  };
  await spark.view("checked", checkedEvents(facts));
  if (excludesUsers(users)) await excludeUsers(spark, users, facts);
  const table = excludesUsers(users) ? "remaining" : "checked";
  const { reading } = description;
  const { pieces, report } = await collectCleaned(
    spark.batches("clean the events", cleanedEvents(table, facts)),
    {
      folder,
      steps: stepsOf(users),
      rejected: rejects.length,
      ignored: reading.ignored,
      onRows: (rows) => progress?.(COUNTED + (1 - COUNTED) * Math.min(1, rows / reading.rows)),
    },
  );
  if (report.rowsOut === 0) throw nothingLeft(report);
  return { pieces, files: events.files, report, rejects, reading };
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

async function excludeUsers(
  spark: SparkSession,
  { users: sample, seed = 1, maxEventsPerUser }: Pick<
    ClusterOptions,
    "users" | "seed" | "maxEventsPerUser"
  >,
  facts: CleanFacts,
): Promise<void> {
  const [users, sampled] = ["users", "sampled"];
  await spark.view(users, eventsByUser("checked"));
  if (sample !== undefined) {
    await sampleUsers(spark, users, { sample, seed, maxEventsPerUser, view: sampled });
  }
  const tables = { checked: "checked", users, ...(sample !== undefined && { sampled }) };
  await spark.view("remaining", withoutUsers(tables, facts));
}
