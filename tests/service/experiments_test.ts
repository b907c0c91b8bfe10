/** Experiments: who gets which list, and what comes of it. */
import { MS_PER_DAY as DAY } from "../../src/base/time.ts";
import { createHandler } from "../../src/service/handler.ts";
import { Exposures } from "../../src/service/exposures/exposures.ts";
import { ListIds } from "../../src/service/exposures/list_ids.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { askerOf, type LiveShop, protectedBy, withLiveShop } from "./live_shop.ts";

const PLACEMENTS = {
  placements: {
    home: { strategy: "personal" },
    cheap: { strategy: "popular", maxPrice: 5 },
    trends: { strategy: "popular" },
  },
} as const;

const ARMS = [{ name: "usual", share: 0.5 }, { name: "popular", share: 0.5, model: "popularity" }];

type Options = Parameters<typeof withLiveShop>[1];

function withShop(run: (shop: LiveShop) => Promise<void>, options: Options = {}): Promise<void> {
  return withLiveShop(run, { exposures: true, placements: PLACEMENTS, ...options });
}

/** What the id of a list says. */
async function originOf({ ask, store }: LiveShop, path: string) {
  const response = await ask(path);
  const { model } = await response.json();
  const ids = new ListIds(await store.listKey());
  const { listId: _, made: __, ...origin } = ids.read(response.headers.get("x-list-id")!)!;
  return { ...origin, served: model };
}

/** A user whose list at a path is of an arm. */
async function userOf(shop: LiveShop, arm: string, pathOf: (user: string) => string) {
  for (let i = 0; i < 100; i++) {
    const user = `user-${i}`;
    if ((await originOf(shop, pathOf(user))).arm === arm) return user;
  }
  throw new Error(`Nobody has arm ${arm}`);
}

Deno.test("a user always gets their arm's list, at first and from the cache", () =>
  withShop(async (shop) => {
    const path = (user: string) => `/recommend/${user}`;
    const user = await userOf(shop, "popular", path);
    await shop.send("POST", "/events", { userId: user, productId: "100", type: "view" });
    for (let i = 0; i < 3; i++) {
      assertEquals(await originOf(shop, path(user)), {
        ...{ model: "popularity", served: "popularity", experiment: "models", arm: "popular" },
      });
    }
    const usual = await userOf(shop, "usual", path);
    await shop.send("POST", "/events", { userId: usual, productId: "100", type: "view" });
    assertEquals((await originOf(shop, path(usual))).served, "affinity");
  }, { experiments: { experiments: { models: { arms: ARMS } } } }));

Deno.test("who chooses a model, or has no id, is in no experiment", () =>
  withShop(async (shop) => {
    for (const path of ["/recommend/ann?model=popularity", "/placements/trends", "/popular"]) {
      assertEquals((await originOf(shop, path)).experiment, undefined, path);
    }
  }, {
    experiments: {
      experiments: { models: { arms: ARMS }, home: { placement: "trends", arms: NAMELESS } },
    },
  }));

const NAMELESS = [{ name: "a", share: 0.5 }, { name: "b", share: 0.5, placement: "cheap" }];

Deno.test("an arm may be another placement, of a placement or of plain lists", () =>
  withShop(async (shop) => {
    const paths = [
      (user: string) => `/placements/home?userId=${user}`,
      (user: string) => `/recommend/${user}`,
    ];
    for (const path of paths) {
      const user = await userOf(shop, "b", path);
      const { items } = await shop.get(path(user));
      assert(items.length > 0);
      assert(items.every(({ price }: { price: number }) => price <= 5), path(user));
    }
    const user = await userOf(shop, "b", paths[0]);
    assertEquals((await originOf(shop, paths[0](user))).placement, "home");
  }, {
    experiments: {
      experiments: { home: { placement: "home", arms: NAMELESS }, lists: { arms: NAMELESS } },
    },
  }));

Deno.test("an experiment that is put runs at once on every server until deleted", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const servers = await Promise.all([0, 1].map(async () => {
    const exposures = new Exposures(store, { onLost: () => {} });
    const options = { store, exposures, tallyAgeMs: 0, protection: protectedBy() };
    return askerOf(createHandler(await tinyArtifact(), options));
  }));
  const [one, other] = servers;
  const isIn = async (ask: typeof one) => {
    const response = await ask("/recommend/ann");
    await response.body?.cancel();
    return new ListIds(await store.listKey()).read(response.headers.get("x-list-id")!)?.arm;
  };
  const send = async (method: string, body?: unknown) => {
    const init = { method, body: body ? JSON.stringify(body) : undefined };
    return await (await one("/experiments/models", init)).json();
  };
  assertEquals([await isIn(one), await isIn(other)], [undefined, undefined]);
  const { state, source, faults } = await send("PUT", { arms: ARMS });
  assertEquals([state, source, faults], ["running", "put", []]);
  const arm = await isIn(one);
  assert(arm !== undefined);
  assertEquals(await isIn(other), arm);
  const stopped = await send("PUT", { arms: ARMS, stop: "2026-01-01T00:00:00Z" });
  assertEquals(stopped.state, "stopped");
  assertEquals([await isIn(one), await isIn(other)], [undefined, undefined]);
  assertEquals(await send("DELETE"), { name: "models" });
  assertEquals((await send("DELETE")).status, 404);
});

Deno.test("a start and a stop change lists from the cache on time", async () => {
  let now = Date.UTC(2026, 10, 1);
  const [start, stop] = [now + DAY, now + 2 * DAY];
  await withShop(async (shop) => {
    const armOf = async () => (await originOf(shop, "/recommend/ann")).arm;
    assertEquals([await armOf(), await armOf()], [undefined, undefined]);
    now = start;
    const arm = await armOf();
    assert(arm !== undefined);
    now = stop - 1;
    assertEquals(await armOf(), arm);
    now = stop;
    assertEquals(await armOf(), undefined);
  }, {
    now: () => now,
    experiments: { experiments: { models: { arms: ARMS, start, stop } } },
  });
});

Deno.test("experiments that can't be are refused, and say why", () =>
  withShop(async ({ send }) => {
    const put = (body: unknown, name = "models") => send("PUT", `/experiments/${name}`, body);
    const model = { name: "b", share: 0.5, model: "nothing" };
    const unknown = await put({ arms: [ARMS[0], model] });
    assertEquals(unknown.status, 400);
    assertStringIncludes(unknown.body.detail, 'there is no model "nothing"');
    assertEquals((await put({ arms: [] })).body.parameter, "arms");
    assertEquals((await put({ arms: ARMS }, "a b")).status, 400);
    assertEquals((await put({ arms: ARMS })).status, 200);
    const second = await put({ arms: ARMS, share: 0.5 }, "second");
    assertEquals(second.status, 400);
    assertStringIncludes(second.body.detail, 'share traffic of layer "lists"');
    // Its share may change, its arms may not.
    assertEquals((await put({ arms: ARMS, share: 0.5 })).status, 200);
    assertEquals((await put({ arms: [...ARMS].reverse() })).status, 409);
    assertEquals((await put({ arms: ARMS }, "filed")).status, 409);
    assertEquals((await send("DELETE", "/experiments/filed")).status, 409);
    assertEquals((await send("DELETE", "/experiments/file")).status, 404);
    const { body } = await send("GET", "/experiments");
    assertEquals(body.holdout, 0.1);
    assertEquals(
      body.experiments.map(({ name, source }: Listed) => [name, source]),
      [["filed", "file"], ["models", "put"]],
    );
  }, {
    experiments: {
      holdout: 0.1,
      experiments: { filed: { placement: "home", arms: NAMELESS } },
    },
  }));

interface Listed {
  readonly name: string;
  readonly source: string;
}

Deno.test("an experiment whose model is gone doesn't run, and says why", () =>
  withShop(async (shop) => {
    const arms = [ARMS[0], { name: "gone", share: 0.5, model: "gone" }];
    await shop.store.changeExperiment("models", { from: 0, share: 1, rampDays: 0, arms });
    assertEquals((await originOf(shop, "/recommend/ann")).experiment, undefined);
    const { state, faults } = (await shop.get("/experiments")).experiments[0];
    assertEquals([state, faults.length], ["invalid", 1]);
  }));

Deno.test("without exposures there are no experiments", () =>
  withLiveShop(async ({ ask, send }) => {
    assertEquals((await send("PUT", "/experiments/models", { arms: ARMS })).status, 404);
    const response = await ask("/recommend/ann");
    await response.body?.cancel();
    assertEquals(response.headers.get("x-list-id"), null);
  }));

Deno.test("only the shop's programs see and change experiments", () =>
  withShop(async ({ ask }) => {
    for (const method of ["GET", "PUT", "DELETE"]) {
      const response = await ask("/experiments/models", { method, headers: {} });
      await response.body?.cancel();
      assertEquals(response.status, 401);
    }
  }));

Deno.test("an experiment's figures are those of its lists and users", async () => {
  let now = Date.UTC(2026, 10, 1);
  await withShop(async (shop) => {
    const path = (user: string) => `/placements/home?userId=${user}`;
    const users = { usual: [] as string[], popular: [] as string[] };
    // Each user sees two lists; every second one of an arm clicks in the first and buys for 10.
    for (let i = 0; i < 40; i++) {
      const userId = `user-${i}`;
      await shop.send("POST", "/events", {
        ...{ userId, productId: "500", type: "purchase", price: 3 },
      });
      now += 1000;
      for (const _ of [1, 2]) {
        const response = await shop.ask(path(userId));
        await response.body?.cancel();
        const listId = response.headers.get("x-list-id")!;
        const seen = { listId, userId, productIds: ["100", "300"] };
        assertEquals((await shop.send("POST", "/impressions", [seen, seen])).body.accepted, 1);
      }
      const { arm } = await originOf(shop, path(userId));
      const members = users[arm as keyof typeof users];
      members.push(userId);
      if (members.length % 2 === 0) continue;
      const event = { userId, productId: "300", price: 10 };
      now += 1000;
      await shop.send(
        "POST",
        "/events",
        ["view", "view", "cart", "purchase"].map((type) => ({
          ...event,
          type,
        })),
      );
    }
    const { results, state, sampleRatio, mixedUsers, plan } = await shop.get("/experiments/home");
    assertEquals([state, mixedUsers, plan, sampleRatio.isOff], ["running", 0, undefined, false]);
    for (const { name, metrics, ...counts } of results) {
      const size = users[name as keyof typeof users].length;
      const active = Math.ceil(size / 2);
      assertEquals(counts, {
        ...{ share: 0.5, users: size, lists: 2 * size },
        ...{ clicked: active, carted: active, bought: active },
      });
      assertEquals(metrics.clickThrough.value, active / (2 * size));
      assertEquals(metrics.revenuePerThousandLists.value, 10_000 * active / (2 * size));
      assertEquals(metrics.conversion.value, active / size);
      assertEquals(metrics.revenuePerUser.value, 10 * active / size);
    }
    const { effect } = results[1].metrics.conversion;
    // Fewer than a hundred users: nothing is certain.
    assertEquals([effect.isCertain, effect.difference.low], [false, undefined]);
    assertEquals(results[0].metrics.conversion.effect, undefined);
  }, {
    now: () => now,
    experiments: { experiments: { home: { placement: "home", arms: ARMS } } },
  });
});

Deno.test("users who were merged from two arms are in neither's figures", () =>
  withShop(async (shop) => {
    const path = (user: string) => `/placements/home?userId=${user}`;
    for (const arm of ["usual", "popular"]) {
      const userId = await userOf(shop, arm, path);
      const response = await shop.ask(path(userId));
      await response.body?.cancel();
      const listId = response.headers.get("x-list-id")!;
      await shop.send("POST", "/impressions", { listId, userId, productIds: ["100"] });
    }
    const of = async () => {
      const { results, mixedUsers } = await shop.get("/experiments/home");
      return [...results.map(({ users }: { users: number }) => users), mixedUsers];
    };
    assertEquals(await of(), [1, 1, 0]);
    const [from, to] = [await userOf(shop, "usual", path), await userOf(shop, "popular", path)];
    await shop.send("POST", `/users/${to}/merge`, { from });
    assertEquals(await of(), [0, 0, 1]);
  }, { experiments: { experiments: { home: { placement: "home", arms: ARMS } } } }));

Deno.test("before it has users, an experiment says what it can find", async () => {
  let now = Date.UTC(2026, 10, 1);
  await withShop(async (shop) => {
    for (let i = 0; i < 20; i++) {
      const userId = `user-${i}`;
      const response = await shop.ask(`/placements/home?userId=${userId}`);
      await response.body?.cancel();
      const listId = response.headers.get("x-list-id")!;
      await shop.send("POST", "/impressions", { listId, userId, productIds: ["100"] });
      if (i % 4) continue;
      await shop.send("POST", "/events", { userId, productId: "100", type: "view" });
    }
    const start = now + DAY;
    await shop.send("PUT", "/experiments/home", { placement: "home", arms: ARMS, start });
    const { state, plan, results: [{ users }] } = await shop.get("/experiments/home");
    assertEquals([state, users, plan.users], ["planned", 0, 20]);
    assertEquals(plan.metrics.clickThrough.value, 0.25);
    assert(plan.metrics.clickThrough.detectable > 0.25);
    // Lists of more than a fortnight ago say nothing of one.
    now += 15 * DAY;
    assertEquals((await shop.get("/experiments/home")).plan, undefined);
  }, { now: () => now });
});
