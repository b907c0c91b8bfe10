/** `deno task batch`: writes the lists of all users to a file. */
import { availableParallelism } from "node:os";
import { Command } from "commander";
import { loadArtifact } from "../src/artifact/load.ts";
import { InputError } from "../src/base/input_error.ts";
import { secondsSince } from "../src/base/time.ts";
import type { ListFormat } from "../src/batch/format.ts";
import { makeLists } from "../src/batch/make_lists.ts";
import { PartFiles } from "../src/batch/part_files.ts";
import { everybody } from "../src/batch/users.ts";
import { algorithms } from "../src/models/mod.ts";
import { readQuery } from "../src/service/http/parameters.ts";
import { ProblemError } from "../src/service/http/problem.ts";
import { openStore } from "../src/service/open_store.ts";
import { batchQuery } from "../src/service/schema/lists.ts";
import { addWrittenFiles, runTask, wholeNumber } from "./lib/cli.ts";
import { storeFlag } from "./lib/batch/store_flag.ts";
import { writeLists } from "./lib/batch/write_lists.ts";
import { createReporter } from "./lib/reporter.ts";

interface BatchFlags {
  out: string;
  artifacts: string;
  version?: string;
  query: string;
  users?: string;
  store?: string;
  workers: number;
  quiet?: boolean;
}

async function batch({ out, artifacts, query, workers, ...flags }: BatchFlags): Promise<void> {
  const format = formatOf(out);
  const reporter = createReporter(flags);
  const artifact = await loadArtifact(artifacts, { algorithms, version: flags.version });
  const { version, manifest } = artifact;
  const names = [...artifact.models.keys()];
  const options = readOptions(query, { names, defaultName: manifest.defaultModel });
  const store = flags.store === undefined ? undefined : storeFlag(flags.store);
  reporter.stage("Listing users");
  const userIds = await usersOf(flags.users, async () => {
    using opened = store && await openStore(store);
    return await everybody(artifact.interactions.userIds, opened);
  });
  const started = performance.now();
  const parts = await PartFiles.open(`${out}.parts`, { version, format, options, store, userIds });
  if (parts.found > 0) reporter.log(`Going on after ${parts.found} parts in ${parts.folder}`);
  const progress = reporter.stage("Making lists");
  await makeLists({ artifacts, version, store, format, options }, {
    ...{ userIds, parts, workers, progress },
  });
  const seconds = secondsSince(started);
  reporter.stage(`Writing ${out}`);
  await writeLists(out, format, parts);
  await parts.remove();
  reporter.finish();
  console.log(`Lists of ${userIds.length} users by ${options.model}: ${out}`);
  console.log(
    store
      ? "They include the events in the store up to the moment each was made"
      : "They are made from the artifact alone: --store adds the events collected since",
  );
  if (parts.found === 0) console.log(`${Math.round(userIds.length / seconds)} lists a second`);
}

/** @throws {InputError} If the name's ending names no format. */
function formatOf(out: string): ListFormat {
  if (/\.(ndjson|jsonl)$/i.test(out)) return "ndjson";
  if (/\.(csv|parquet)$/i.test(out)) return "csv";
  throw new InputError(`Cannot write ${out}: the name must end in .ndjson, .csv or .parquet`);
}

/** @throws {InputError} If the query breaks a rule of the API. */
function readOptions(query: string, models: { names: readonly string[]; defaultName: string }) {
  try {
    return readQuery(new URLSearchParams(query), batchQuery(models));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new InputError(`Cannot make lists with --query ${query}: ${error.problem.detail}`);
  }
}

/** @throws {InputError} If the file can't be read, or lists nobody. */
async function usersOf(
  file: string | undefined,
  all: () => Promise<string[]>,
): Promise<readonly string[]> {
  if (file === undefined) return await all();
  const lines = (await readUsers(file)).split(/\r?\n/).filter((line) => line !== "");
  if (lines.length === 0) throw new InputError(`Cannot make lists for ${file}: it has no lines`);
  return [...new Set(lines)];
}

async function readUsers(file: string): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    throw new InputError(`Cannot read the users in ${file}: ${(error as Error).message}`);
  }
}

if (import.meta.main) {
  const command = new Command("deno task batch")
    .description("Writes the lists of all users to a file, as the service would answer them now")
    .requiredOption("--out <file>", "file to write: .ndjson, .csv or .parquet")
    .option("--artifacts <folder>", "folder of the artifacts", "artifacts")
    .option("--version <version>", "artifact; default the current one")
    .option("--query <query>", "options of GET /recommend/:userId, such as k=20", "")
    .option("--users <file>", "only these users, one id per line; default all")
    .option("--store <store>", "the store of events, as KV_PATH or STORE_URL")
    .option("--workers <n>", "processor cores to use", wholeNumber(1, 64), availableParallelism())
    .option("--quiet", "print results only, no progress")
    .action(batch);
  addWrittenFiles(command, {
    "FILE": "the lists, best first",
    "FILE.parts/": "finished parts, until all are; a second run goes on after them",
  });
  await runTask(command);
}
