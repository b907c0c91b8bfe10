import { type Artifact, loadArtifact } from "../../src/artifact/load.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import type { ShopInteractions } from "../../src/interactions/interactions.ts";
import { algorithms } from "../../src/models/mod.ts";
import { createHandler } from "../../src/service/handler.ts";
import { Metrics } from "../../src/service/observability/metrics.ts";
import { Placements } from "../../src/service/placements/definition/placements.ts";
import { placementsFile } from "../../src/service/placements/definition/schema.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { rangeServer } from "../histories/range_server.ts";
import { blockInteractions } from "../models/block_data.ts";
import { withFolder } from "../temp_folder.ts";
import { askerOf, protectedBy } from "./live_shop.ts";

const SMALL: Readonly<Record<string, object>> = {
  svd: { factors: 4, epochs: 20 },
  pure_svd: { factors: 3 },
  graph_svd: { factors: 3 },
  ease: { regularization: 5 },
  als: { factors: 3 },
  sasrec: { factors: 16, minHistories: 1, batchSize: 12, maxLength: 3, epochs: 5 },
};

const interactions = blockInteractions() as ShopInteractions;
const models = await Promise.all(algorithms.map(async (algorithm) => {
  const options = SMALL[algorithm.name] ?? {};
  const model = await algorithm.fit(interactions, { ...algorithm.defaults, ...options });
  return { name: algorithm.name, options, model };
}));
const contents = {
  interactions,
  models,
  defaultModel: "svd",
  facts: { sources: ["block pattern"] },
  created: new Date("2019-11-03T12:00:00Z"),
};
const users = Array.from({ length: 15 }, (_, user) => `user-${user}`);

const PLACEMENTS = new Placements(
  placementsFile.parse({ placements: { home: { strategy: "personal" } } }),
);

/** A service of one artifact, its store in memory. */
interface Served {
  get(path: string): Promise<{ status: number; text: string; unavailable: string | null }>;
  send(method: string, path: string, body?: unknown): Promise<number>;
  /** Posts a value and reads which parts the answer says couldn't be read. */
  postUnavailable(path: string, body: unknown): Promise<string | null>;
}

async function withServed(
  artifact: Artifact,
  run: (served: Served) => Promise<void>,
  metrics = new Metrics(),
): Promise<void> {
  using store = await openEventStore({ path: ":memory:" });
  const handler = createHandler(artifact, {
    ...{ store, metrics, tallyAgeMs: 0, protection: protectedBy(), placements: PLACEMENTS },
  });
  const ask = askerOf(handler);
  await run({
    async get(path) {
      const response = await ask(path);
      const text = await response.text();
      return { status: response.status, text, unavailable: response.headers.get("x-unavailable") };
    },
    async send(method, path, body) {
      const { status } = await ask(path, { method, body: JSON.stringify(body) });
      return status;
    },
    async postUnavailable(path, body) {
      const response = await ask(path, { method: "POST", body: JSON.stringify(body) });
      await response.body?.cancel();
      assertEquals(response.status, 200, path);
      return response.headers.get("x-unavailable");
    },
  });
}

/** Saves the artifact with its histories inside and apart. */
async function saveBoth(folder: string) {
  await saveArtifact(`${folder}/inside`, contents);
  await saveArtifact(`${folder}/apart`, { ...contents, histories: "apart" });
  return await loadArtifact(`${folder}/inside`, { algorithms });
}

/** What both services answer to requests, after the same changes. */
async function assertSame(paths: readonly string[], { inside, apart }: Record<string, Served>) {
  for (const path of paths) {
    const answer = await apart.get(path);
    assertEquals(answer, await inside.get(path), path);
    assertEquals(answer.status, 200, path);
  }
}

Deno.test("lists of histories apart are those of histories inside, by every model", () =>
  withFolder(async (folder) => {
    const before = await saveBoth(folder);
    const after = await loadArtifact(`${folder}/apart`, { algorithms });
    await withServed(before, (inside) =>
      withServed(after, async (apart) => {
        const requests = [...users, "nobody"].flatMap((userId) => [
          ...algorithms.map(({ name }) => `/recommend/${userId}?model=${name}&exclude=none&k=15`),
          `/recommend/${userId}?explain=true`,
          `/recommend/${userId}?diversity=0.5&calibration=0.5`,
          `/users/${userId}/history`,
          `/similar/item-3?userId=${userId}`,
        ]);
        await assertSame(requests, { inside, apart });
        await assertSame(["/popular", "/similar/item-3"], { inside, apart });
      }));
  }));

Deno.test("events since, merges and forgetting count as with histories inside", () =>
  withFolder(async (folder) => {
    const before = await saveBoth(folder);
    const after = await loadArtifact(`${folder}/apart`, { algorithms });
    await withServed(before, (inside) =>
      withServed(after, async (apart) => {
        const time = 1_600_000_000;
        for (const { send } of [inside, apart]) {
          assertEquals(
            await send("POST", "/events", [
              { userId: "user-2", productId: "item-8", type: "purchase", time },
              { userId: "visitor", productId: "item-9", type: "cart", time },
            ]),
            202,
          );
          assertEquals(await send("POST", "/users/user-3/merge", { from: "user-4" }), 200);
          assertEquals(await send("POST", "/users/user-5/merge", { from: "visitor" }), 200);
          assertEquals(await send("DELETE", "/users/user-6"), 200);
        }
        const asked = ["user-2", "user-3", "user-4", "user-5", "user-6", "visitor"];
        await assertSame(
          asked.flatMap((userId) => [
            `/recommend/${userId}?model=svd&exclude=none`,
            `/users/${userId}/history`,
          ]),
          { inside, apart },
        );
        const history = JSON.parse((await apart.get("/users/user-3/history")).text);
        assertEquals(history.total, 12);
        assertEquals(JSON.parse((await apart.get("/users/user-6/history")).text).total, 0);
      }));
  }));

Deno.test("all users are listed page by page, each once and without the forgotten", () =>
  withFolder(async (folder) => {
    await saveBoth(folder);
    const artifact = await loadArtifact(`${folder}/apart`, { algorithms });
    await withServed(artifact, async ({ get, send }) => {
      await send("DELETE", "/users/user-6");
      await send("POST", "/events", [
        { userId: "new", productId: "item-1", type: "view" },
        { userId: "user-2", productId: "item-8", type: "purchase" },
      ]);
      const found: { userId: string; events: number }[] = [];
      let from: string | undefined = "0";
      while (from !== undefined) {
        const page: { users: typeof found; next?: string } = JSON.parse(
          (await get(`/users?limit=4&from=${encodeURIComponent(from)}`)).text,
        );
        found.push(...page.users);
        from = page.next;
      }
      const expected = [...users.filter((userId) => userId !== "user-6"), "new"].sort();
      assertEquals(found.map(({ userId }) => userId).sort(), expected);
      const events = Object.fromEntries(found.map(({ userId, events }) => [userId, events]));
      assertEquals([events["user-1"], events["user-2"], events.new], [6, 7, 1]);
    });
  }));

Deno.test("windows begin at midnight, and count what histories inside count from then on", () =>
  withFolder(async (folder) => {
    await saveBoth(folder);
    const artifact = await loadArtifact(`${folder}/apart`, { algorithms });
    await withServed(artifact, async ({ get }) => {
      const { window, items } = JSON.parse((await get("/popular?window=2d&k=15")).text);
      assertEquals(window.from.slice(10, 19), "T00:00:00");
      const from = Date.parse(window.from) / 1000;
      const sums = new Map<string, number>();
      interactions.times.forEach((time, i) => {
        const productId = `item-${interactions.items[i]}`;
        if (time < from) return;
        sums.set(productId, (sums.get(productId) ?? 0) + interactions.weights[i]);
      });
      assert(items.length > 0);
      for (const { productId, score } of items) assertEquals(score, sums.get(productId));
      const arrivals = JSON.parse((await get("/new?window=2d")).text);
      assertEquals(arrivals.window.from, window.from);
    });
  }));

Deno.test("an audience needs histories inside, and says so", () =>
  withFolder(async (folder) => {
    await saveBoth(folder);
    const artifact = await loadArtifact(`${folder}/apart`, { algorithms });
    await withServed(artifact, async ({ get }) => {
      const { status, text } = await get("/products/item-3/audience");
      assertEquals(status, 409);
      assertStringIncludes(text, "must be inside the artifact");
    });
  }));

Deno.test("while histories can't be read lists say so, aren't kept, and nothing is empty", () =>
  withFolder(async (folder) => {
    const before = await saveBoth(folder);
    await using server = rangeServer(`${folder}/apart/histories`);
    const metrics = new Metrics();
    const artifact = await loadArtifact(`${folder}/apart`, {
      algorithms,
      histories: {
        place: server.url,
        cacheBytes: 0,
        onRead: (seconds, error) => metrics.historyRead(seconds, error),
      },
    });
    await withServed(
      before,
      (inside) =>
        withServed(artifact, async ({ get, send, postUnavailable }) => {
          const path = "/recommend/user-2?model=svd";
          await send("POST", "/events", [{ userId: "user-1", productId: "item-8", type: "view" }]);
          const ready = JSON.parse((await get("/readyz")).text);
          assertEquals([ready.status, ready.histories], ["ready", "available"]);

          server.answer = () => new Response("gone", { status: 503 });
          const list = JSON.parse((await get(path)).text);
          assertEquals([list.histories, list.strategy], ["unavailable", "popular"]);
          // What the store knows still counts.
          const other = JSON.parse((await get("/recommend/user-1?model=svd")).text);
          assertEquals([other.histories, other.strategy], ["unavailable", "personalized"]);
          const rank = JSON.parse((await get("/similar/item-3?userId=user-2")).text);
          assertEquals(rank.histories, "unavailable");
          // A list of ids says it in its header alone.
          for (
            const address of [
              path,
              `${path}&rotate=true`,
              "/placements/home?userId=user-2",
              "/similar/item-3?userId=user-2",
              "/new?userId=user-2",
            ]
          ) {
            const ids = await get(`${address}${address.includes("?") ? "&" : "?"}format=ids`);
            assertEquals([ids.status, ids.unavailable], [200, "histories"], address);
            assert(Array.isArray(JSON.parse(ids.text)), address);
          }
          const asked: [path: string, body: object][] = [
            ["/rank", { productIds: ["item-3"], userId: "user-2" }],
            ["/recommend/user-2", {}],
            ["/placements/home", { userId: "user-2" }],
          ];
          for (const [address, body] of asked) {
            const unavailable = await postUnavailable(address, { ...body, format: "ids" });
            assertEquals(unavailable, "histories", address);
          }
          assertEquals((await get("/popular?format=ids")).unavailable, null);
          for (const closed of ["/users/user-2/history", "/users"]) {
            const { status, text } = await get(closed);
            assertEquals(status, 503, closed);
            assertStringIncludes(text, "What users did until training can't be read now");
          }
          const degraded = JSON.parse((await get("/readyz")).text);
          assertEquals([degraded.status, degraded.store, degraded.histories], [
            ...["degraded", "available", "unavailable"],
          ]);
          assertStringIncludes(degraded.detail, "Histories can't be read");
          const text = (await get("/metrics")).text;
          const [, errors] = text.match(/^recommender_history_errors_total (\d+)/m)!;
          assert(Number(errors) >= 5, `${errors} errors are counted`);

          server.answer = undefined;
          assertEquals(await get(path), await inside.get(path));
        }, metrics),
    );
  }));
