/** `deno task batch`: writes the lists of all users to a file. */
import { availableParallelism } from "node:os";
import { Command } from "commander";
import { loadArtifact } from "../src/artifact/load.ts";
import { InputError } from "../src/base/input_error.ts";
import { nearestName } from "../src/base/nearest_name.ts";
import { secondsSince } from "../src/base/time.ts";
import type { ListFormat } from "../src/batch/format.ts";
import { makeLists } from "../src/batch/make_lists.ts";
import type { BatchSource } from "../src/batch/messages.ts";
import { PartFiles } from "../src/batch/part_files.ts";
import { readBatchQuery } from "../src/batch/read_query.ts";
import { everybody } from "../src/batch/users.ts";
import { algorithms } from "../src/models/mod.ts";
import type { KnownNames } from "../src/service/placements/definition/check_placements.ts";
import { knownNames } from "../src/service/placements/definition/known_names.ts";
import { readPlacements } from "../src/service/placements/definition/read_placements.ts";
import type { Placement } from "../src/service/placements/definition/placements.ts";
import { narrow, type PlacementRequest } from "../src/service/placements/request.ts";
import { ProblemError } from "../src/service/http/problem.ts";
import { openStore } from "../src/service/open_store.ts";
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
  placement?: string;
  placements: string;
  segment?: string;
  workers: number;
  quiet?: boolean;
}

async function batch({ out, artifacts, query, workers, ...flags }: BatchFlags): Promise<void> {
  const format = formatOf(out);
  const reporter = createReporter(flags);
  const artifact = await loadArtifact(artifacts, { algorithms, version: flags.version });
  const { version, manifest } = artifact;
  const names = [...artifact.models.keys()];
  const options = readBatchQuery(query, { names, defaultName: manifest.defaultModel });
  const store = flags.store === undefined ? undefined : storeFlag(flags.store);
  const { placement: name, placements: file, segment } = flags;
  const source = {
    ...{ artifacts, version, store, format, options, segment },
    ...((name !== undefined || segment !== undefined) && { file }),
    ...(name !== undefined && { placement: { name, request: givenOptions(query, options) } }),
  };
  reporter.stage("Listing users");
  using opened = store && await openStore(store);
  const key = source.file && await requireNamed(source, await knownNames(artifact, opened));
  const userIds = await usersOf(
    flags.users,
    () => everybody(artifact.interactions.userIds, opened),
  );
  const started = performance.now();
  const parts = await PartFiles.open(`${out}.parts`, { ...source, key, userIds });
  if (parts.found > 0) reporter.log(`Going on after ${parts.found} parts in ${parts.folder}`);
  const progress = reporter.stage("Making lists");
  await makeLists(source, {
    ...{ userIds, parts, workers, progress },
  });
  const seconds = secondsSince(started);
  reporter.stage(`Writing ${out}`);
  await writeLists(out, format, parts);
  await parts.remove();
  reporter.finish();
  const maker = name === undefined ? options.model : `placement ${name}`;
  const whose = segment === undefined ? "" : ` that are in segment ${segment}`;
  console.log(`Lists of ${userIds.length} users${whose} by ${maker}: ${out}`);
  console.log(
    store
      ? "They include the events in the store up to the moment each was made"
      : "They are made from the artifact alone: --store adds the events collected since",
  );
  if (parts.found === 0) console.log(`${Math.round(userIds.length / seconds)} users a second`);
}

/** @throws {InputError} If the name's ending names no format. */
function formatOf(out: string): ListFormat {
  if (/\.(ndjson|jsonl)$/i.test(out)) return "ndjson";
  if (/\.(csv|parquet)$/i.test(out)) return "csv";
  throw new InputError(`Cannot write ${out}: the name must end in .ndjson, .csv or .parquet`);
}

/** The options that the query gives itself: defaults would narrow its placement. */
function givenOptions(query: string, options: object): PlacementRequest {
  const given = new URLSearchParams(query);
  return Object.fromEntries(Object.entries(options).filter(([name]) => given.has(name)));
}

/**
 * Checks that the file has the placement and the segment.
 *
 * @returns The file's content, on which the lists depend.
 * @throws {InputError} If it is wrong or lacks one of them.
 */
async function requireNamed(
  { file = "", placement, segment }: Pick<BatchSource, "file" | "placement" | "segment">,
  known: KnownNames,
): Promise<string> {
  const placements = await readPlacements(file, known);
  requireName("placement", placement?.name, placements.names);
  requireName("segment", segment, [...placements.segments.keys()]);
  if (placement) requireNarrowing(placements.get(placement.name)!, placement.request);
  return placements.text;
}

function requireNarrowing(placement: Placement, request: PlacementRequest): void {
  try {
    narrow(placement, request);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new InputError(`Cannot make lists: ${error.problem.detail}`);
  }
}

function requireName(kind: string, name: string | undefined, names: readonly string[]): void {
  if (name === undefined || names.includes(name)) return;
  const nearest = nearestName(name, names);
  const suggestion = nearest === undefined
    ? `; there are ${names.join(", ")}`
    : `; did you mean ${nearest}?`;
  throw new InputError(`Cannot make lists: there is no ${kind} "${name}"${suggestion}`);
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
    .option("--placement <name>", "the placement that makes the lists; --query narrows it")
    .option("--segment <name>", "only users in this segment")
    .option(
      "--placements <file>",
      "the file that has them",
      Deno.env.get("PLACEMENTS") ?? "placements.json",
    )
    .option("--workers <n>", "processor cores to use", wholeNumber(1, 64), availableParallelism())
    .option("--quiet", "print results only, no progress")
    .action(batch);
  addWrittenFiles(command, {
    "FILE": "the lists, best first",
    "FILE.parts/": "finished parts, until all are; a second run goes on after them",
  });
  await runTask(command);
}
