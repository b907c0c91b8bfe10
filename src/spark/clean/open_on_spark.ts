import type { Progress } from "../../base/progress.ts";
import type { LoadOptions } from "../../events/load.ts";
import type { OpenedEvents } from "../../events/loaded_events.ts";
import { nothingLeft } from "../../events/nothing_left.ts";
import { explainFullDisk, makeScratchFolder } from "../../events/scratch.ts";
import { readServerAddress } from "../connect/server_address.ts";
import { openSession, type SparkSession } from "../connect/session.ts";
import { listFiles } from "../read/list_files.ts";
import { checkEvents, type CheckOptions } from "./check_events.ts";
import { cleanedEvents, cleanedTable } from "./clean_query.ts";
import { fetchCleaned } from "./fetch_cleaned.ts";

/** What cleaning on a cluster can do of what one machine can. */
export type ClusterOptions = CheckOptions & Pick<LoadOptions, "scratch"> & {
  /** The server's address, like `sc://127.0.0.1:15002`. */
  readonly master: string;
  /** Stops what runs on the cluster. */
  readonly signal?: AbortSignal;
  /**
   * About how many events a query brings to this machine, and are in its memory at a time. Default
   * a million.
   */
  readonly rowsAtOnce?: number;
};

/** The progress when all rows have been counted. */
const COUNTED = 0.4;

/**
 * Cleans events on a Spark cluster, with the result that `openEvents()` has on one machine: the
 * same rows in the same order, the same report and rejected rows. The cleaned events come to this
 * machine's disk, the events of some users after those of others, and are sorted by time here, with
 * a million at a time in memory.
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
  { folder, rowsAtOnce, ...options }:
    & CheckOptions
    & Pick<ClusterOptions, "rowsAtOnce">
    & { folder: string },
  progress?: Progress,
): Promise<Omit<OpenedEvents, keyof AsyncDisposable>> {
  const checked = await checkEvents(
    spark,
    patterns,
    { ...options, folder },
    (share) => progress?.(COUNTED * share),
  );
  const { query, facts, events, rejects, steps } = checked;
  const { reading, wanted } = facts.description;
  const { pieces, report } = await fetchCleaned(spark, {
    attempted: "clean the events",
    query: (range) => cleanedEvents(`(${cleanedTable(query(range), facts)})`, facts),
    ...{ folder, rows: wanted, rowsAtOnce, steps },
    rejected: rejects.length,
    ignored: reading.ignored,
    onRows: (rows) => progress?.(COUNTED + (1 - COUNTED) * Math.min(1, rows / wanted)),
  });
  if (report.rowsOut === 0) throw nothingLeft(report);
  return { pieces, files: events.files, report, rejects, reading };
}
