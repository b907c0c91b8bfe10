/** `deno task bench:histories`: look-ups of histories apart, and services both ways. */
import { Command } from "commander";
import { TempFolder } from "../../../src/base/temp_folder.ts";
import { sourceOf } from "../../../src/histories/in_digest_order.ts";
import { type HistorySource, writeShards } from "../../../src/histories/write_shards.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { runTask, wholeNumber } from "../../lib/cli.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import { measureLookUps } from "../lib/histories/look_ups.ts";
import { madeUpHistories, madeUpId } from "../lib/histories/made_up.ts";
import { moveApart } from "../lib/histories/move_apart.ts";
import { type Measured, toRows } from "../lib/http/service_rows.ts";
import { measureStart } from "../lib/month/serving.ts";
import { stopwatch } from "../lib/stopwatch.ts";
import { reportRows } from "../lib/results.ts";

const MEGABYTE = 1024 * 1024;

/** How often a service is started; figures are medians. */
const STARTS = 3;

interface Flags extends ResultFlags {
  readonly artifacts?: string;
  readonly users: number;
  readonly events: number;
  readonly lookUps: number;
}

async function run({ artifacts, users, events, lookUps, ...flags }: Flags): Promise<void> {
  using temporary = new TempFolder();
  const measured = artifacts === undefined
    ? await measureMadeUp(temporary.path, { users, events, lookUps })
    : await measureArtifact(artifacts, temporary.path, lookUps);
  const options = artifacts === undefined ? { users, events, lookUps } : { lookUps };
  await reportRows(toRows("histories", measured, options), flags);
}

/** A service of an artifact with its histories inside and apart, and look-ups of the latter. */
async function measureArtifact(
  artifacts: string,
  folder: string,
  lookUps: number,
): Promise<Measured[]> {
  const apart = `${folder}/apart`;
  const interactions = await moveApart(artifacts, apart);
  const { userIds } = interactions;
  const ids = someOf(userIds.size, 2 * lookUps).map((user) => userIds.idAt(user));
  return [
    { ...await measureStart(artifacts, STARTS), name: "a service, histories inside" },
    { ...await measureStart(apart, STARTS), name: "a service, histories apart" },
    ...await measureShards(folder, sourceOf(interactions, Infinity), ids),
  ];
}

function measureMadeUp(
  folder: string,
  { users, events, lookUps }: { users: number; events: number; lookUps: number },
): Promise<Measured[]> {
  const ids = someOf(users, 2 * lookUps).map(madeUpId);
  return measureShards(folder, madeUpHistories({ users, events }), ids);
}

/** What shards take on disk and their index in memory, and how fast they are. */
async function measureShards(
  folder: string,
  source: HistorySource,
  userIds: readonly string[],
): Promise<Measured[]> {
  const shards = `${folder}/shards`;
  await Deno.mkdir(shards);
  const elapsed = stopwatch();
  const written = await writeShards(shards, source);
  const { cpu_seconds } = elapsed();
  const bytes = written.shardBytes.reduce((sum, size) => sum + size, 0);
  const index = Object.values(written.tensors).reduce((sum, { data }) => sum + data.byteLength, 0);
  const looked = await measureLookUps({ name: "look-ups", folder: shards, written, userIds });
  const figures = {
    bytes_per_event: bytes / written.events,
    shards_mb: bytes / MEGABYTE,
    index_mb: index / MEGABYTE,
    cpu_seconds,
    resident_mb: Deno.memoryUsage().rss / MEGABYTE,
  };
  return [{ name: "shards", figures }, ...looked];
}

/** Some numbers below a limit, by chance, the same each time. */
function someOf(limit: number, count: number): number[] {
  const random = createRandom(1);
  return Array.from({ length: count }, () => random.integer(limit));
}

if (import.meta.main) {
  const command = new Command("deno task bench:histories")
    .description(
      "Measures histories apart from an artifact: look-ups of users from a folder, from a file " +
        "server on this machine and from memory; and the start of a service with an artifact's " +
        "histories inside and apart",
    )
    .option("--artifacts <dir>", "an artifact with its histories inside (default: made-up ones)")
    .option("--users <n>", "made-up users", wholeNumber(2), 1_000_000)
    .option("--events <n>", "their events", wholeNumber(2), 10_000_000)
    .option("--look-ups <n>", "users who are looked up", wholeNumber(1), 5000);
  await runTask(addResultOptions(command).action(run));
}
