import { loadArtifact } from "../../../src/artifact/load.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { nearestName } from "../../../src/base/nearest_name.ts";
import { secondsSince } from "../../../src/base/time.ts";
import type { ListFormat } from "../../../src/batch/format.ts";
import { makeLists } from "../../../src/batch/make_lists.ts";
import type { BatchPart, BatchSource } from "../../../src/batch/messages.ts";
import { PartFiles } from "../../../src/batch/part_files.ts";
import { readBatchQuery } from "../../../src/batch/read_query.ts";
import { everybody, partsOf } from "../../../src/batch/users.ts";
import type { Histories } from "../../../src/histories/histories.ts";
import type { EventStore } from "../../../src/service/store/event_store.ts";
import { algorithms } from "../../../src/models/mod.ts";
import type { KnownNames } from "../../../src/service/placements/definition/check_placements.ts";
import { knownNames } from "../../../src/service/placements/definition/known_names.ts";
import { readPlacements } from "../../../src/service/placements/definition/read_placements.ts";
import type { Placement } from "../../../src/service/placements/definition/placements.ts";
import { narrow, type PlacementRequest } from "../../../src/service/placements/request.ts";
import { ProblemError } from "../../../src/service/http/problem.ts";
import { historiesFromEnvironment } from "../../../src/service/settings_from_environment.ts";
import { openStore } from "../../../src/service/open_store.ts";
import type { Reporter } from "../reporter.ts";
import { storeFlag } from "./store_flag.ts";
import { writeLists } from "./write_lists.ts";

/** The options of `deno task batch`. */
export interface BatchFlags {
  out: string;
  artifacts: string;
  version?: string;
  query: string;
  users?: string;
  store?: string | true;
  placement?: string;
  placements: string;
  segment?: string;
  workers: number;
}

/** What a batch wrote. */
export interface BatchRun {
  /** How many users were asked for; those outside of the segment have no list. */
  readonly users: number;
  /** What made the lists: a model, or `placement` and its name. */
  readonly maker: string;
  /** How many parts an earlier run had finished. */
  readonly found: number;
  /** How long the lists took, without joining them to one file. */
  readonly seconds: number;
}

/**
 * Writes the lists of all users to a file.
 *
 * @throws {InputError} If an option breaks its rule, or a file, the artifact or the store can't be
 *   read or written; finished parts stay.
 */
export async function runBatch(
  { out, artifacts, query, workers, ...flags }: BatchFlags,
  reporter: Reporter,
): Promise<BatchRun> {
  const format = formatOf(out);
  const histories = historiesFromEnvironment();
  const artifact = await loadArtifact(artifacts, {
    ...{ algorithms, version: flags.version, histories },
  });
  const { version, manifest } = artifact;
  const names = [...artifact.models.keys()];
  const options = readBatchQuery(query, { names, defaultName: manifest.defaultModel });
  const store = flags.store === undefined ? undefined : storeFlag(flags.store);
  const { placement: name, placements: file, segment } = flags;
  const source = {
    ...{ artifacts, version, histories, store, format, options, segment },
    ...((name !== undefined || segment !== undefined) && { file }),
    ...(name !== undefined && { placement: { name, request: givenOptions(query, options) } }),
  };
  reporter.stage("Listing users");
  using opened = store && await openStore(store);
  const key = source.file && await requireNamed(source, await knownNames(artifact, opened));
  const { users, parts } = await usersOf(flags.users, artifact.interactions.histories, opened);
  const started = performance.now();
  const files = await PartFiles.open(`${out}.parts`, { ...source, key, parts });
  if (files.found > 0) reporter.log(`Going on after ${files.found} parts in ${files.folder}`);
  const progress = reporter.stage("Making lists");
  await makeLists(source, { parts, files, workers, progress });
  const seconds = secondsSince(started);
  reporter.stage(`Writing ${out}`);
  await writeLists(out, format, files);
  await files.remove();
  reporter.finish();
  const maker = name === undefined ? options.model : `placement ${name}`;
  return { users, maker, found: files.found, seconds };
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

interface BatchUsers {
  readonly users: number;
  readonly parts: readonly BatchPart[];
}

/** @throws {InputError} If the file can't be read, or lists nobody. */
async function usersOf(
  file: string | undefined,
  histories: Histories,
  store: EventStore | undefined,
): Promise<BatchUsers> {
  if (file === undefined) {
    const parts = await everybody(histories, store);
    const others = parts.map((part) => "userIds" in part ? part.userIds.length : 0);
    return { users: others.reduce((sum, count) => sum + count, histories.users), parts };
  }
  const lines = (await readUsers(file)).split(/\r?\n/).filter((line) => line !== "");
  if (lines.length === 0) throw new InputError(`Cannot make lists for ${file}: it has no lines`);
  const userIds = [...new Set(lines)];
  return { users: userIds.length, parts: partsOf(userIds) };
}

async function readUsers(file: string): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    throw new InputError(`Cannot read the users in ${file}: ${(error as Error).message}`);
  }
}
