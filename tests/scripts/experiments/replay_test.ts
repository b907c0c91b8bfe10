import { loadArtifact } from "../../../src/artifact/load.ts";
import type { Exposure } from "../../../src/experiments/exposures/exposure.ts";
import { drawRanking } from "../../../src/experiments/plackett_luce.ts";
import type { Replay } from "../../../src/experiments/replay/replay.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { createHandler } from "../../../src/service/handler.ts";
import type { NewEvent } from "../../../src/service/store/entries/stored_event.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd, saveBlockArtifact } from "../../running_server.ts";
import { askerOf } from "../../service/live_shop.ts";
import { withFolder } from "../../temp_folder.ts";

const LOGS = 3;
const USERS = 2100;
const ITEMS = Array.from({ length: 15 }, (_, item) => `item-${item}`);
/** When everything was shown, long after the artifact's data. */
const SHOWN = Date.UTC(2020, 0, 1);

/** Visitors viewed two products of one of three blocks. */
const viewed = (kind: number) => [0, 1].map((i) => `item-${5 * kind + i}`);

/** The chance that a visitor of a kind clicks: on products of their block rather than others. */
function clickRate(kind: number, productId: string, place: number): number {
  const item = Number(productId.slice(5));
  return (Math.floor(item / 5) === kind ? 0.5 : 0.1) / (place + 1);
}

/** Shows one list to each of many visitors, drawn from the products that they haven't viewed. */
function simulateLog(log: number): { exposures: Exposure[]; events: NewEvent[] } {
  const random = createRandom(log);
  const exposures: Exposure[] = [], events: NewEvent[] = [];
  for (let i = 0; i < USERS; i++) {
    const kind = i % 3, userId = `log ${log} visitor ${i}`, listId = `l${i}`;
    for (const productId of viewed(kind)) {
      events.push({ userId, productId, type: "view", time: SHOWN - 60_000 });
    }
    const candidates = ITEMS.filter((item) => !viewed(kind).includes(item));
    const ofBlock = (item: string) => clickRate(kind, item, 0) > 0.1 ? 0.5 : 0;
    const { items, propensities } = drawRanking(
      { scores: candidates.map(ofBlock), temperature: 1 },
      2,
      random.next,
    );
    const productIds = items.map((item) => candidates[item]);
    exposures.push({
      ...{ listId, userId, at: SHOWN, placement: `log-${log}`, model: "svd" },
      ...{ productIds, positions: [1, 2], propensities },
    });
    productIds.forEach((productId, place) => {
      if (random.next() >= clickRate(kind, productId, place)) return;
      events.push({ userId, productId, type: "view", time: SHOWN + 1000, listId });
    });
  }
  return { exposures, events };
}

/** What svd earns at the first place, by the lists that the service answers. */
async function truthOf(folder: string): Promise<number> {
  const ask = askerOf(createHandler(await loadArtifact(folder, { algorithms })));
  let total = 0;
  for (const kind of [0, 1, 2]) {
    const events = viewed(kind).map((productId) => ({ productId, type: "view" }));
    const body = JSON.stringify({ events, model: "svd", k: 1, format: "ids" });
    const [first] = await (await ask("/recommend", { method: "POST", body })).json();
    total += clickRate(kind, first, 0);
  }
  return total / 3;
}

Deno.test("deno task replay finds what a model would have earned, from lists in the store", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const path = `${folder}/store.kv`;
    {
      using store = await openEventStore({ path });
      for (let log = 0; log < LOGS; log++) {
        const { exposures, events } = simulateLog(log);
        await store.append(events);
        await store.recordExposures(exposures);
      }
      const early = { userId: "early", at: Date.UTC(2019, 0, 1), listId: "l", placement: "log-0" };
      const shown = { productIds: ["item-1"], positions: [1], propensities: [0.5], model: "svd" };
      await store.recordExposures([{ ...early, ...shown }]);
    }
    const truth = await truthOf(`${folder}/artifacts`);
    const args = ["scripts/experiments/replay.ts", "--store", path, "--artifacts"];
    const replayLog = async (log: number) => {
      const json = `${folder}/replay.json`;
      const { code, stdout, stderr } = await runToEnd([
        ...[...args, `${folder}/artifacts`, "--policy", "svd", "--json", json],
        ...["--placement", `log-${log}`, "--places", "1"],
      ]);
      assertEquals([code, stderr], [0, ""]);
      assertStringIncludes(stdout, "svd: doubly robust");
      return JSON.parse(await Deno.readTextFile(json)) as Replay & { early: number };
    };
    let held = 0;
    for (let log = 0; log < LOGS; log++) {
      const { lists, early, evaluation: { value } } = await replayLog(log);
      assertEquals([lists, early], [USERS, log === 0 ? 1 : 0]);
      for (const { low, high } of [value!.ips, value!.snips, value!.doublyRobust!]) {
        if (low <= truth && truth <= high) held++;
      }
    }
    assert(held >= 0.9 * 3 * LOGS, `${held} of ${3 * LOGS} intervals hold the true value`);
  }));

Deno.test("deno task replay refuses what the log says too little about, and unknown policies", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const path = `${folder}/store.kv`;
    {
      using store = await openEventStore({ path });
      const { exposures } = simulateLog(1);
      await store.recordExposures(exposures.slice(0, 20));
    }
    const replayed = (...more: string[]) =>
      runToEnd([
        ...["scripts/experiments/replay.ts", "--artifacts", `${folder}/artifacts`],
        ...["--store", path, ...more],
      ]);
    const few = await replayed("--policy", "svd");
    assertEquals(few.code, 2);
    assertStringIncludes(few.stdout.replaceAll("\n", " "), "No estimate: 40 logged rewards count");
    const other = await replayed("--policy", "svd", "--placement", "log-2");
    assertEquals([other.code, other.stderr], [
      1,
      'error: Cannot replay placement "log-2": no list in the store is of it; there are lists of ' +
      '"log-1"\n',
    ]);
    const unknown = await replayed("--policy", "svt");
    assertEquals(unknown.code, 1);
    assertStringIncludes(
      unknown.stderr,
      'there is no model of the artifact "svt"; did you mean svd?',
    );
    const missing = await replayed("--policy", "placement:home", "--placements", `${folder}/none`);
    assertEquals(missing.code, 1);
    assertStringIncludes(missing.stderr, "none");
  }));

Deno.test("deno task replay values a placement by the lists that it makes", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const path = `${folder}/store.kv`, placements = `${folder}/placements.json`;
    const home = { strategy: "personal", model: "svd", k: 10 };
    await Deno.writeTextFile(placements, JSON.stringify({ placements: { home } }));
    {
      using store = await openEventStore({ path });
      const { exposures, events } = simulateLog(1);
      await store.append(events);
      await store.recordExposures(exposures);
    }
    const table = async (policy: string) => {
      const { code, stdout } = await runToEnd([
        ...["scripts/experiments/replay.ts", "--artifacts", `${folder}/artifacts`],
        ...["--store", path, "--placements", placements, "--policy", policy, "--places", "1"],
      ]);
      assertEquals(code, 0, stdout);
      return stdout.replaceAll(policy, "").replace(/[\s│─┌┐└┘├┤┬┴┼]+/g, " ");
    };
    assertEquals(await table("placement:home"), await table("svd"));
  }));
