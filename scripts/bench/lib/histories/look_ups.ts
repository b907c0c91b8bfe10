import { HistoryShards } from "../../../../src/histories/history_shards.ts";
import type { WrittenShards } from "../../../../src/histories/write_shards.ts";
import { latencyFigures } from "../latency_figures.ts";
import { stopwatch } from "../stopwatch.ts";
import type { Measured } from "../http/service_rows.ts";

/** Whose histories are looked up, and where they are. */
export interface LookUps {
  readonly name: string;
  /** The folder of the shards. */
  readonly folder: string;
  readonly written: WrittenShards;
  /** Users in any order; the first half warms up the code. */
  readonly userIds: readonly string[];
}

/**
 * Measures look-ups of users, one after another: their first ones from a folder and from a file
 * server on this machine, and their second ones, which the program has in memory. The operating
 * system may have the files in memory.
 */
export async function measureLookUps(
  { name, folder, written, userIds }: LookUps,
): Promise<Measured[]> {
  using server = await startServer(folder);
  const measured: Measured[] = [];
  for (const [place, from] of [[folder, "a folder"], [server.url, "a file server"]]) {
    const shards = new HistoryShards(place, written, written.tensors);
    for (const userId of userIds.slice(0, userIds.length >> 1)) await shards.of(userId);
    const rest = userIds.slice(userIds.length >> 1);
    measured.push({ name: `${name}, first, from ${from}`, figures: await time(shards, rest) });
    if (from !== "a folder") continue;
    measured.push({ name: `${name}, again`, figures: await time(shards, rest) });
  }
  return measured;
}

async function time(shards: HistoryShards, userIds: readonly string[]) {
  const elapsed = stopwatch();
  const times: number[] = [];
  for (const userId of userIds) {
    const start = performance.now();
    if (!await shards.of(userId)) throw new Error(`There must be a history of ${userId}`);
    times.push(performance.now() - start);
  }
  const { lists_per_core, ...figures } = latencyFigures(times, elapsed().cpu_seconds);
  return { look_ups_per_core: lists_per_core, ...figures };
}

async function startServer(folder: string): Promise<Disposable & { readonly url: string }> {
  const url = new URL("./range_server.ts", import.meta.url);
  const worker = new Worker(url, { type: "module" });
  const { promise, resolve } = Promise.withResolvers<string>();
  worker.onmessage = ({ data }) => resolve(data);
  worker.postMessage(folder);
  return { url: await promise, [Symbol.dispose]: () => worker.terminate() };
}
