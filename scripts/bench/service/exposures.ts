/**
 * `deno task bench:exposures`: what it costs to store what users are shown. Services with and
 * without it take turns in one process, so that the machine's load is the same for all.
 */
import { Command } from "commander";
import { loadArtifact } from "../../../src/artifact/load.ts";
import { median } from "../../../src/base/statistics.ts";
import { TempFolder } from "../../../src/base/temp_folder.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { atEdge } from "../../../src/service/edge.ts";
import { Exposures } from "../../../src/service/exposures/exposures.ts";
import { createHandler } from "../../../src/service/handler.ts";
import { Protection } from "../../../src/service/protection/protection.ts";
import { openStore } from "../../../src/service/open_store.ts";
import { runTask, wholeNumber } from "../../lib/cli.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import { reportRows } from "../lib/results.ts";
import { stopwatch } from "../lib/stopwatch.ts";

interface Flags extends ResultFlags {
  readonly artifacts: string;
  readonly rounds: number;
}

const TOKEN = "0123456789abcdef";
const HEADERS = { authorization: `Bearer ${TOKEN}` };

/** Of each round. */
const LISTS = 20_000;
const REQUESTS = 100;
const EVENTS = 20;
const CONCURRENT = 8;

/** What is measured of a service. */
type Work = "cached_list_us" | "event_us" | "shown_list_us";

async function run({ artifacts, rounds, ...flags }: Flags): Promise<void> {
  const artifact = await loadArtifact(artifacts, { algorithms });
  const [user] = artifact.interactions.histories.examples;
  const product = artifact.interactions.itemIds.idAt(0);
  using folder = new TempFolder();
  await using stack = new AsyncDisposableStack();

  async function serve(name: string, { isOn, named }: { isOn: boolean; named: boolean }) {
    const store = stack.use(await openStore({ path: `${folder.path}/${name}.kv` }));
    const exposures = isOn
      ? stack.use(
        new Exposures(store, {
          onLost: (_, error) => {
            throw error;
          },
        }),
      )
      : undefined;
    const protection = new Protection({ apiTokens: [TOKEN] });
    const handler = atEdge(createHandler(artifact, { store, exposures, protection }));
    const send = async (path: string, body?: unknown) =>
      await handler(
        new Request(`http://localhost${path}`, {
          headers: HEADERS,
          ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
        }),
      );
    let sent = 0;
    const list = await exposures?.prepare({ model: "als", placement: "home" });
    const newList = () => list && exposures?.send(list);
    const postEvents = async () => {
      const listId = named ? newList() : undefined;
      await send(
        "/events",
        Array.from({ length: EVENTS }, () => ({
          ...{ userId: `user-${sent % 5000}`, productId: product, type: "view" },
          ...{ eventId: `event-${sent++}`, listId },
        })),
      );
    };
    const postLists = async () => {
      const productIds = Array.from({ length: 10 }, (_, i) => `product-${i}`);
      const lists = Array.from({ length: EVENTS }, () => ({
        ...{ listId: newList(), userId: `user-${sent++ % 5000}`, productIds },
      }));
      await send("/impressions", lists);
    };
    const getLists = async () => {
      const address = `http://localhost/recommend/${encodeURIComponent(user)}`;
      const request = new Request(address, { headers: HEADERS });
      for (let i = 0; i < LISTS; i++) await handler(request);
    };
    const work: Partial<Record<Work, () => Promise<number>>> = {
      event_us: () => costOf(() => concurrently(postEvents), REQUESTS * EVENTS),
      ...(named
        ? { shown_list_us: () => costOf(() => concurrently(postLists), REQUESTS * EVENTS) }
        : { cached_list_us: () => costOf(getLists, LISTS) }),
    };
    return { name, work };
  }

  const services = [
    await serve("off", { isOn: false, named: false }),
    await serve("on", { isOn: true, named: false }),
    await serve("on, events name their lists", { isOn: true, named: true }),
  ];
  const costs = new Map<string, number[]>();
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const { name, work } of round % 2 === 0 ? services : services.toReversed()) {
      for (const [metric, measure] of Object.entries(work)) {
        const key = `${name}|${metric}`;
        const cost = await measure();
        if (round > 0) costs.set(key, [...costs.get(key) ?? [], cost]);
      }
    }
  }
  const rows = services.flatMap(({ name, work }) =>
    Object.keys(work).map((metric) => ({
      ...{ bench: "exposures", name, metric, unit: "µs" },
      value: median(costs.get(`${name}|${metric}`)!),
      options: { rounds },
    }))
  );
  await reportRows(rows, flags);
}

/** Processor time per item, in microseconds. */
async function costOf(run: () => Promise<void>, things: number): Promise<number> {
  const elapsed = stopwatch();
  await run();
  return elapsed().cpu_seconds / things * 1e6;
}

async function concurrently(request: () => Promise<void>): Promise<void> {
  let left = REQUESTS;
  await Promise.all(Array.from({ length: CONCURRENT }, async () => {
    while (left-- > 0) await request();
  }));
}

if (import.meta.main) {
  const command = new Command("deno task bench:exposures")
    .description("Measures what it costs to store what users are shown, in processor time")
    .option("--artifacts <dir>", "folder of the artifacts", "artifacts")
    .option("--rounds <n>", "how often all are measured", wholeNumber(1), 9)
    .action(run);
  await runTask(addResultOptions(command));
}
