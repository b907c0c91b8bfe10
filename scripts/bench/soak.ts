/** `deno task soak`: whether the service's memory stays flat under a mixed load. */
import { Command } from "commander";
import { listVersions, setCurrentVersion } from "../../src/artifact/current.ts";
import { InputError } from "../../src/base/input_error.ts";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { MS_PER_MINUTE, secondsSince } from "../../src/base/time.ts";
import { positiveNumber, runTask } from "../lib/cli.ts";
import { createReporter } from "../lib/reporter.ts";
import { addResultOptions, addShopOptions, type ResultFlags } from "./lib/bench_options.ts";
import { benchArtifact, benchShop } from "./lib/http/bench_shop.ts";
import { answeredOf, applyLoad, type PlannedRequest, requireAnswers } from "./lib/http/load.ts";
import { memoryGrowth, type MemorySample } from "./lib/http/memory_growth.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";
import type { ServerProcess } from "./lib/http/server_process.ts";
import { BENCH_TOKEN, startService } from "./lib/http/service_process.ts";
import {
  eventRequests,
  filterRequests,
  listRequests,
  sessionRequests,
  type ShopIds,
} from "./lib/http/service_requests.ts";
import type { SyntheticSize } from "./lib/synthetic_matrix.ts";

interface Flags extends ResultFlags, SyntheticSize {
  readonly minutes: number;
  readonly tolerance: number;
}

/**
 * Time between samples of the memory, each after a reload; shorter if there were fewer than
 * `MIN_SLICES`.
 */
const SLICE_SECONDS = 5;
const MIN_SLICES = 20;

/** A tenth of the shop of the other benchmarks. */
const SOAK_SIZE: SyntheticSize = { users: 40_000, items: 5000, pairs: 285_000 };

/** The warm-up, as a share of the time and at most: until the service's caches are full. */
const WARM_UP = 0.4;
const MAX_WARM_UP_SECONDS = 180;

/** Users of the load; few enough that their events soon reach the service's limit per user. */
const REGULARS = 5000;
const MOST = 1_000_000;
const EVENTS_PER_BATCH = 100;
const BATCHES_PER_SECOND = 10;

async function run(flags: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const artifacts = await benchArtifact(flags, reporter, { versions: 2 });
  using folder = new TempFolder();
  await using server = await startService(artifacts, folder.path);
  const { samples, requests } = await soak(server, artifacts, flags);
  reporter.finish();
  const seconds = 60 * flags.minutes;
  const growth = memoryGrowth(samples, Math.min(WARM_UP * seconds, MAX_WARM_UP_SECONDS));
  await reportRows(toRows({ samples, requests, growth }, flags), flags);
  requireFlat(growth, flags);
}

/** Loads the service in slices, with a reload after each. */
async function soak(
  server: ServerProcess,
  artifacts: string,
  flags: Flags,
): Promise<{ samples: MemorySample[]; requests: number }> {
  const versions = await listVersions(artifacts);
  const shop = benchShop({ ...flags, users: Math.min(REGULARS, flags.users) });
  const mixed = mixedRequests(shop);
  const samples: MemorySample[] = [];
  const start = performance.now();
  let requests = 0;
  for (let slice = 0; performance.now() - start < MS_PER_MINUTE * flags.minutes; slice++) {
    requests += await loadOnce(server, { shop, mixed, slice }, flags);
    await reload(server, artifacts, versions[slice % versions.length]);
    const seconds = secondsSince(start);
    samples.push({ seconds, bytes: await server.memory() });
    if (!flags.quiet) console.error(describe(samples, requests));
  }
  return { samples, requests };
}

/** Lists of all kinds: returning users', those with filters, and visitors'. */
function mixedRequests(shop: ShopIds): PlannedRequest[] {
  const count = shop.users.length;
  const kinds = [
    listRequests(shop, { count }),
    filterRequests(shop, { count }),
    sessionRequests(shop, { count }),
  ];
  return kinds[0].flatMap((_, i) => kinds.map((requests) => requests[i]));
}

async function loadOnce(
  server: ServerProcess,
  { shop, mixed, slice }: {
    shop: ShopIds;
    mixed: readonly PlannedRequest[];
    slice: number;
  },
  flags: Flags,
): Promise<number> {
  const seconds = Math.min(SLICE_SECONDS, 60 * flags.minutes / MIN_SLICES);
  const common = { port: server.port, seconds, most: MOST };
  const from = slice * REGULARS % mixed.length;
  const results = await Promise.all([
    applyLoad({
      ...common,
      connections: 16,
      requests: [...mixed.slice(from), ...mixed.slice(0, from)],
    }),
    applyLoad({
      ...common,
      connections: 1,
      rate: BATCHES_PER_SECOND,
      requests: eventRequests(shop, { count: 20, size: EVENTS_PER_BATCH, seed: slice }),
      token: BENCH_TOKEN,
    }),
  ]);
  return results.reduce((sum, result) => sum + answeredOf(requireAnswers(result, "a soak")), 0);
}

async function reload(server: ServerProcess, artifacts: string, version: string): Promise<void> {
  await setCurrentVersion(artifacts, version);
  const response = await fetch(`http://127.0.0.1:${server.port}/admin/reload`, {
    method: "POST",
    headers: { authorization: `Bearer ${BENCH_TOKEN}` },
  });
  const answer = await response.text();
  if (response.ok) return;
  throw new InputError(`Cannot soak: a reload must answer 200, got ${response.status} ${answer}`);
}

function describe(samples: readonly MemorySample[], requests: number): string {
  const { seconds, bytes } = samples[samples.length - 1];
  return `${seconds.toFixed(0)} s: ${(bytes / 2 ** 20).toFixed(0)} MB after ${requests} requests`;
}

function toRows(
  { samples, requests, growth }: { samples: MemorySample[]; requests: number; growth: number },
  { users, items, pairs, minutes, tolerance }: Flags,
): BenchRow[] {
  const row = { bench: "soak", name: "mixed load" };
  const options = { users, items, pairs, minutes, tolerance };
  const megabytes = samples.map(({ bytes }) => bytes / 2 ** 20);
  return [
    { ...row, metric: "requests", value: requests, unit: "1", options },
    { ...row, metric: "reloads", value: samples.length, unit: "1", options },
    { ...row, metric: "largest", value: Math.max(...megabytes), unit: "MB", options },
    { ...row, metric: "last", value: megabytes[megabytes.length - 1], unit: "MB", options },
    { ...row, metric: "growth", value: growth, unit: "share", options },
  ];
}

function requireFlat(growth: number, { tolerance }: Flags): void {
  if (100 * growth <= tolerance) return;
  throw new InputError(
    `Memory isn't flat: it grew by ${(100 * growth).toFixed(1)}% after the warm-up, the limit is ` +
      `${tolerance}%`,
  );
}

if (import.meta.main) {
  const command = new Command("deno task soak")
    .description(
      "Loads the service with lists, events and reloads; fails if its memory keeps growing",
    )
    .option("--minutes <n>", "length of the load", positiveNumber, 10)
    .option(
      "--tolerance <percent>",
      "maximum growth of memory after the warm-up",
      positiveNumber,
      15,
    )
    .action(run);
  await runTask(addResultOptions(addShopOptions(command, { size: SOAK_SIZE })));
}
