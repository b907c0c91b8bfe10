import { InputError } from "../../base/input_error.ts";
import { encodeRequest, type ExecutorCheck, PROTOCOL } from "../../batch/executor_messages.ts";
import { checkEvents, type CheckOptions } from "../clean/check_events.ts";
import { cleanedTable } from "../clean/clean_query.ts";
import { readServerAddress } from "../connect/server_address.ts";
import { openSession, type SparkSession } from "../connect/session.ts";
import { EXECUTOR_FILES, listRows, transformed, userLines } from "./lists_query.ts";

/** Whose lists a cluster makes, and how. */
export type ClusterLists = CheckOptions & {
  /** The server's address, like `sc://127.0.0.1:15002`. */
  readonly master: string;
  /** The folder of Parquet files to write, which must not exist; its path on the cluster. */
  readonly out: string;
  /** The folder of artifacts, or its address, that every executor can read. */
  readonly artifacts: string;
  /** Default the current one. */
  readonly version?: string;
  /** Options of `GET /recommend/:userId`. */
  readonly query: string;
  /** Stops what runs on the cluster. */
  readonly signal?: AbortSignal;
};

/** What was written. */
export interface ListsOnSpark {
  readonly users: number;
  readonly rows: number;
  /** The artifact. */
  readonly version: string;
  readonly model: string;
}

const ATTEMPTED = "make lists on the cluster";

/** Files in Parquet as a table of SQL. */
const parquet = (path: string) => `parquet.\`${path.replaceAll("`", "``")}\``;

/**
 * Has a cluster make the list of every user with an event that shows interest: it cleans the
 * events, and its executors run this program on their users' histories. The lists are those that
 * `makeLists()` makes of an artifact with the same events. Only counts come to this machine.
 *
 * @throws {InputError} If no server answers, events, artifact, program or folder can't be used, or
 * the folder exists.
 */
export async function makeListsOnSpark(
  patterns: readonly string[],
  { master, out, artifacts, version, query, signal, ...options }: ClusterLists,
): Promise<ListsOnSpark> {
  await using spark = await openSession(readServerAddress(master));
  const interrupt = () => void spark.interrupt().catch(() => {});
  signal?.addEventListener("abort", interrupt, { once: true });
  requireSpark(spark, master);
  await requireNew(spark, out);
  const request = { protocol: PROTOCOL, artifacts, query };
  const checked = await checkExecutors(spark, encodeRequest({ ...request, version, check: true }));
  const { query: events, facts } = await checkEvents(spark, patterns, options);
  const users = userLines(`(${cleanedTable(events(), facts)})`, checked.eventWeights);
  const argument = encodeRequest({ ...request, version: checked.version });
  await spark.write(ATTEMPTED, listRows(transformed(users, argument)), out);
  const [counts] = await spark.rows<{ users: number; rows: number }>(
    "count the lists",
    "SELECT CAST(count(DISTINCT user_id) AS DOUBLE) AS users, CAST(count(*) AS DOUBLE) AS rows " +
      `FROM ${parquet(out)}`,
  );
  return { ...counts, version: checked.version, model: checked.model };
}

function requireSpark({ server }: SparkSession, master: string): void {
  if (server.name === "Spark") return;
  throw new InputError(
    `Cannot ${ATTEMPTED}: the server at ${master} is ${server.name}, which runs no other ` +
      "programs; use Spark itself (deno task spark:up --real)",
  );
}

/** Refuses before anything is computed what writing would refuse afterwards. */
async function requireNew(spark: SparkSession, out: string): Promise<void> {
  try {
    await spark.view("existing_files", { format: "binaryFile", paths: [out] });
  } catch (error) {
    if (error instanceof InputError && error.message.includes("PATH_NOT_FOUND")) return;
    throw error;
  }
  throw new InputError(`Cannot write lists to ${out}: it exists; choose another, or remove it`);
}

/** Has one executor load the artifact. */
async function checkExecutors(
  spark: SparkSession,
  argument: string,
): Promise<Exclude<ExecutorCheck, { error: string }>> {
  const [{ line }] = await spark.rows<{ line: string }>(
    ATTEMPTED,
    transformed("SELECT '' AS line", argument),
  ).catch((error) => {
    throw isMissing(error) ? new InputError(MISSING, { cause: error }) : error;
  });
  const check = JSON.parse(line) as ExecutorCheck;
  if ("error" in check) throw new InputError(check.error);
  return check;
}

const MISSING = `Cannot ${ATTEMPTED}: its executors lack deno or ${EXECUTOR_FILES.program}; ` +
  "write the files (deno task spark:pack) and start the server with them in --files";

function isMissing(error: unknown): boolean {
  return error instanceof InputError && /command not found|Module not found/.test(error.message);
}
