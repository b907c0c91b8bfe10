import { requireInside } from "../../../../src/histories/inside.ts";
import { currentVersion } from "../../../../src/artifact/current.ts";
import { loadArtifact } from "../../../../src/artifact/load.ts";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { algorithms } from "../../../../src/models/mod.ts";
import type { Reporter } from "../../../lib/reporter.ts";
import { folderBytes } from "../folder_bytes.ts";
import type { LoadPlan, PlannedRequest } from "../http/load.ts";
import type { ServerProcess } from "../http/server_process.ts";
import { type Figures, measureLoad } from "../http/service_measures.ts";
import { listRequest } from "../http/service_requests.ts";
import type { Measured } from "../http/service_rows.ts";
import { BENCH_TOKEN, startService } from "../http/service_process.ts";
import { medians } from "../medians.ts";
import { sampleUsers } from "./sample_users.ts";

/** Of the first lists, this share warms up the service's and the load generator's code. */
const WARM_UP_SHARE = 0.5;

/** Of measured lists, the share whose latency doesn't count: the load generator warms up. */
const GENERATOR_SHARE = 0.25;

/** The load of users who come back: their lists are cached. */
const RETURNING = { connections: 32, seconds: 3, most: 1_000_000, users: 1000 };

/** Longest time that one load may take, in seconds. */
const MOST_SECONDS = 120;

const MEGABYTE = 1024 * 1024;

/**
 * Measures the start of a service that serves an artifact, until it has answered once, and the
 * artifact's size.
 *
 * @param artifacts The folder of the artifacts.
 * @param rounds Number of starts; figures are medians.
 */
export async function measureStart(artifacts: string, rounds: number): Promise<Measured> {
  const { interactions } = await loadArtifact(artifacts, { algorithms });
  const [user] = interactions.histories.examples;
  using temporary = new TempFolder();
  const starts: Figures[] = [];
  for (let round = 0; round < rounds; round++) {
    await using server = await startService(artifacts, `${temporary.path}/${round}`);
    await (await fetch(`http://127.0.0.1:${server.port}/recommend/${user}`)).body?.cancel();
    starts.push({
      ready_ms: server.readyMs,
      cpu_seconds: await server.cpuSeconds(),
      resident_mb: await server.memory() / MEGABYTE,
      peak_mb: await server.peakMemory() / MEGABYTE,
    });
  }
  const version = await currentVersion(artifacts);
  const artifact_mb = await folderBytes(`${artifacts}/${version}`) / MEGABYTE;
  return { name: "start serving it", figures: { ...medians(starts), artifact_mb } };
}

/**
 * Measures the first list of users by each exported model, and by the default with explanations,
 * one request at a time on one connection; then the default's lists of users who come back, on
 * many. Each model is measured in a service of its own, so that no other's lists are in its memory.
 *
 * @param artifacts The folder of the artifacts.
 * @param count Number of users.
 */
export async function measureLists(
  artifacts: string,
  count: number,
  reporter: Reporter,
): Promise<Measured[]> {
  const { manifest, interactions } = await loadArtifact(artifacts, { algorithms });
  const { userIds } = requireInside(interactions.histories, "measure lists");
  const users = sampleUsers(userIds.size, 2 * count).map((user) => userIds.idAt(user));
  const { defaultModel } = manifest;
  const others = manifest.models.map(({ name }) => name).filter((name) => name !== defaultModel);
  const requests: [title: string, query: string][] = [
    [`first list by ${defaultModel}, the default`, ""],
    [`first list by ${defaultModel}, explained`, "explain=true"],
    ...others.map((name): [string, string] => [`first list by ${name}`, `model=${name}`]),
  ];
  using temporary = new TempFolder();
  const lists: Measured[] = [];
  for (const [i, [title, query]] of requests.entries()) {
    reporter.stage(`Measuring ${title}`);
    await using server = await startService(artifacts, `${temporary.path}/${i}`);
    const figures = await firstLists(server, users, query);
    const resident_mb = await server.memory() / MEGABYTE;
    const peak_mb = await server.peakMemory() / MEGABYTE;
    lists.push({ name: title, figures: { ...figures, resident_mb, peak_mb } });
    if (query === "") {
      const name = `lists of returning users by ${defaultModel}`;
      lists.push({ name, figures: await returningLists(server, users) });
    }
  }
  return lists;
}

/** The lists of users who had one before, as fast as the service answers. */
async function returningLists(server: ServerProcess, users: readonly string[]): Promise<Figures> {
  const { users: most, ...load } = RETURNING;
  const requests = users.slice(0, most).map((user) => listRequest(user));
  const measure = (load: Omit<LoadPlan, "port">) => measureLoad(server, load, "returning users");
  // Lists of other users may have replaced theirs.
  await measure({ ...load, requests, most: 2 * requests.length });
  const { figures: { requests_per_second, requests_per_core } } = await measure({
    ...load,
    requests,
  });
  return { requests_per_second, requests_per_core };
}

/** The first lists of the second half of the users; those of the first half warm up. */
async function firstLists(
  server: ServerProcess,
  users: readonly string[],
  query: string,
): Promise<Figures> {
  const requests = users.map((user) => listRequest(user, query));
  const warmUp = Math.floor(WARM_UP_SHARE * requests.length);
  const load = { connections: 1, seconds: MOST_SECONDS, token: BENCH_TOKEN };
  const measure = (part: readonly PlannedRequest[]) =>
    measureLoad(
      server,
      {
        ...load,
        most: part.length,
        warmUp: Math.floor(GENERATOR_SHARE * part.length),
        requests: part,
      },
      "first lists",
    );
  await measure(requests.slice(0, warmUp));
  // The load generator is a new process, which has to warm up itself.
  const { figures, latency } = await measure(requests.slice(warmUp));
  const { requests_per_core } = figures;
  return { requests_per_core, p50_ms: latency.p50, p95_ms: latency.p95, p99_ms: latency.p99 };
}
