/** `deno task spark:lists`: has a Spark cluster make the lists of all users. */
import { resolve } from "node:path";
import { Command } from "commander";
import { isRemote } from "../../src/base/fetch_safely.ts";
import { formatCounted } from "../../src/base/format.ts";
import { makeListsOnSpark } from "../../src/spark/lists/make_lists_on_spark.ts";
import { addWrittenFiles, runTask } from "../lib/cli.ts";
import { addEventsOptions, type EventsFlags, loadOptions } from "../lib/events_options.ts";
import { REJECTS_FILE, reportRejects } from "../lib/open_reported.ts";
import { createReporter } from "../lib/reporter.ts";
import { LOCAL_SERVER } from "../lib/spark/engine_options.ts";
import { untilInterrupted } from "../lib/spark/until_interrupted.ts";

interface ListsFlags extends EventsFlags {
  out: string;
  master: string;
  artifacts: string;
  version?: string;
  query: string;
}

async function lists(flags: ListsFlags): Promise<void> {
  const { master, version, query, events } = flags;
  const { cache: _, scratch: __, ...options } = loadOptions(flags);
  const reporter = createReporter(flags);
  reporter.stage("Making lists on the cluster");
  const out = onCluster(flags.out);
  const artifacts = isRemote(flags.artifacts) ? flags.artifacts : resolve(flags.artifacts);
  const made = await reportRejects(
    REJECTS_FILE,
    () =>
      untilInterrupted((signal) =>
        makeListsOnSpark(events, { ...options, master, out, artifacts, version, query, signal })
      ),
  );
  reporter.finish();
  console.log(
    `Lists of ${formatCounted(made.users, "user")} by ${made.model} of artifact ` +
      `${made.version}, ${formatCounted(made.rows, "row")}: ${out}`,
  );
}

/** A local path is made whole: the server has another working folder. */
function onCluster(path: string): string {
  return /^\w[\w+.-]*:/.test(path) ? path : resolve(path);
}

if (import.meta.main) {
  const command = new Command("deno task spark:lists")
    .description(
      "Has a Spark cluster make the lists of all users of its events, which equal those of deno " +
        "task batch; a server of deno task spark:up --real can, or one started with the files of " +
        "deno task spark:pack",
    );
  addEventsOptions(command)
    .requiredOption("--out <folder>", "folder of Parquet files that the cluster writes; new")
    .option("--master <address>", "the cluster's Spark Connect server", LOCAL_SERVER)
    .option("--artifacts <folder>", "artifacts, where every executor reads them", "artifacts")
    .option("--version <version>", "artifact; default the current one")
    .option("--query <query>", "options of GET /recommend/:userId, such as k=20", "")
    .action(lists);
  addWrittenFiles(command, {
    FOLDER: "the lists, on the cluster; _SUCCESS is written last",
    [REJECTS_FILE]: "malformed rows, if they are too many",
  });
  await runTask(command);
}
