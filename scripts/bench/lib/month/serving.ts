import { currentVersion } from "../../../../src/artifact/current.ts";
import { loadArtifact } from "../../../../src/artifact/load.ts";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { algorithms } from "../../../../src/models/mod.ts";
import type { Reporter } from "../../../lib/reporter.ts";
import { folderBytes } from "../folder_bytes.ts";
import type { PlannedRequest } from "../http/load.ts";
import type { ServerProcess } from "../http/server_process.ts";
import { type Figures, measureLoad } from "../http/service_measures.ts";
import type { Measured } from "../http/service_rows.ts";
import { BENCH_TOKEN, startService } from "../http/service_process.ts";
import { medians } from "../medians.ts";
import { sampleUsers } from "./sample_users.ts";

/** How much to measure. */
export interface ServingOptions {
  /** Number of starts. */
  readonly rounds: number;
  /** Number of users whose first list is measured, for each model. */
  readonly lists: number;
  readonly reporter: Reporter;
}

/** Of the first lists, this share warms up the service's and the load generator's code. */
const WARM_UP_SHARE = 0.5;

/** Longest time that one load may take, in seconds. */
const MOST_SECONDS = 120;

const MEGABYTE = 1024 * 1024;

/**
 * Measures a service that serves an artifact: its start, its memory, and the first list of users by
 * each exported model, one request at a time on one connection.
 *
 * @param artifacts The folder of the artifacts.
 */
export async function measureServing(
  artifacts: string,
  options: ServingOptions,
): Promise<Measured[]> {
  const { reporter } = options;
  const { manifest, interactions: { userIds } } = await loadArtifact(artifacts, { algorithms });
  const users = sampleUsers(userIds.size, 2 * options.lists).map((user) => userIds.idAt(user));
  using temporary = new TempFolder();
  reporter.stage("Starting the service");
  const starts: Figures[] = [];
  for (let round = 0; round < options.rounds; round++) {
    await using server = await startService(artifacts, `${temporary.path}/${round}`);
    await (await fetch(`http://127.0.0.1:${server.port}/recommend/${users[0]}`)).body?.cancel();
    starts.push({ ready_ms: server.readyMs, resident_mb: await server.memory() / MEGABYTE });
  }
  const lists: Measured[] = [];
  let after_lists_mb = NaN;
  const { defaultModel } = manifest;
  const requests: [name: string, query: string][] = [
    ...manifest.models.map(({ name }): [string, string] => [name, `?model=${name}`]),
    [`${defaultModel}, explained`, "?explain=true"],
  ];
  for (const [i, [name, query]] of requests.entries()) {
    reporter.stage(`Measuring first lists by ${name}`);
    // A service of its own, so that no other model's lists are in its memory.
    await using server = await startService(artifacts, `${temporary.path}/lists-${i}`);
    lists.push({ name: `first list by ${name}`, figures: await firstLists(server, users, query) });
    if (name === defaultModel) after_lists_mb = await server.memory() / MEGABYTE;
  }
  const artifact_mb = await folderBytes(`${artifacts}/${await currentVersion(artifacts)}`) /
    MEGABYTE;
  return [
    { name: "serve the default", figures: { ...medians(starts), after_lists_mb, artifact_mb } },
    ...lists,
  ];
}

/** The first lists of the second half of the users; those of the first half warm up. */
async function firstLists(
  server: ServerProcess,
  users: readonly string[],
  query: string,
): Promise<Figures> {
  const requests = users.map((user): PlannedRequest => ({
    method: "GET",
    path: `/recommend/${encodeURIComponent(user)}${query}`,
  }));
  const warmUp = Math.floor(WARM_UP_SHARE * requests.length);
  const load = { connections: 1, seconds: MOST_SECONDS, token: BENCH_TOKEN };
  const measure = (part: readonly PlannedRequest[]) =>
    measureLoad(server, { ...load, most: part.length, requests: part }, "first lists");
  await measure(requests.slice(0, warmUp));
  const { figures, latency } = await measure(requests.slice(warmUp));
  const { requests_per_core } = figures;
  return { requests_per_core, p50_ms: latency.p50, p95_ms: latency.p95, p99_ms: latency.p99 };
}
