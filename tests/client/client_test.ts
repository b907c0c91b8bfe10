/** The client against the real service: a port, a store in a file, an artifact on disk. */
import { ApiError, ShopClient } from "../../src/client/mod.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { serveArtifact, type Serving } from "../../src/service/serve.ts";
import type { ProtectionOptions } from "../../src/service/protection/protection.ts";
import { popularity } from "../../src/models/popularity.ts";
import { rank } from "../../src/models/rank.ts";
import type { ShopInteractions } from "../../src/interactions/interactions.ts";
import { assert, assertEquals, assertMatch, assertRejects } from "../assert.ts";
import { blockInteractions } from "../models/block_data.ts";
import { saveBlockArtifact } from "../running_server.ts";
import { API_TOKEN } from "../service/live_shop.ts";
import { withFolder } from "../temp_folder.ts";

/** Runs a test with the service and a client of it. */
function withService(
  run: (client: ShopClient, service: { serving: Serving; folder: string }) => Promise<void>,
  protection: ProtectionOptions = {},
): Promise<void> {
  return withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const serving = await serveArtifact(`${folder}/artifacts`, {
      host: "127.0.0.1",
      port: 0,
      store: { path: `${folder}/store.kv` },
      protection: { apiTokens: [API_TOKEN], ...protection },
    });
    try {
      await run(new ShopClient({ url: `${serving.url}/`, token: API_TOKEN }), { serving, folder });
    } finally {
      await serving.stop();
    }
  });
}

Deno.test("lists, products and histories arrive through a port", () =>
  withService(async (client) => {
    const { items, strategy, model } = await client.recommend("user-3", { k: 3, explain: true });
    assertEquals({ strategy, model, length: items.length }, {
      strategy: "personalized",
      model: "svd",
      length: 3,
    });
    assertEquals(items[0].explanation?.exact, true);
    const all = await client.recommendIds("user-3", { k: 100, exclude: "none" });
    assertEquals(all.length, 15);
    const rest = await client.recommendIds("user-3", {
      k: 100,
      exclude: "none",
      not: [all[0], all[1]],
    });
    assertEquals(rest, all.slice(2));
    assertEquals((await client.similar("item-5", { k: 2, brand: ["brand-1"] })).items.length, 2);
    // So few baskets make no table.
    const refused = await assertRejects(() => client.together(["item-5"]), ApiError);
    assertEquals(refused.status, 404);
    assertEquals((await client.popular({ k: 1, window: "7d" })).items.length, 1);
    assertEquals((await client.newArrivals({ window: "7d" })).model, "newest");
    assertEquals((await client.products({ query: "brand-2", limit: 2 })).total, 5);
    assertEquals((await client.product("item-0")).price, 1);
    assertEquals((await client.history("user-0", { limit: 3 })).events.length, 3);
    assertEquals((await client.readiness()).status, "ready");
    const session = await client.recommendForSession([{ productId: "item-1", type: "view" }]);
    assertEquals(session.strategy, "personalized");
  }));

Deno.test("events are stored, used, exported and forgotten", () =>
  withService(async (client) => {
    const event = { userId: "a/b?", productId: "item-0", type: "cart" } as const;
    assertEquals(await client.sendEvents([event]), {
      accepted: 1,
      duplicates: 0,
      unknownProducts: 0,
      unknownLists: 0,
      refused: [],
    });
    assertEquals((await client.recommend("a/b?")).strategy, "personalized");
    const csv = await new Response(await client.exportEvents()).text();
    assertMatch(csv, /\d\d UTC,cart,item-0,100,shop.block.0,brand-0,1,a\/b\?,,/);
    assertEquals((await client.forget("a/b?")).deletedEvents, 1);
    assertEquals((await client.history("a/b?")).total, 0);
    const changed = await client.changeProduct("item-0", { inStock: false });
    assertEquals(changed.inStock, false);
    assert(!(await client.recommendIds("nobody", { k: 100 })).includes("item-0"));
  }));

Deno.test("the list after an event equals the one computed offline from the same history", () =>
  withService(async (client, { serving: { artifact: { interactions, models } } }) => {
    const [item, time] = [8, 1_600_000_000];
    await client.sendEvents([{
      userId: "user-2",
      productId: `item-${item}`,
      type: "purchase",
      time,
    }]);
    const online = await client.recommend("user-2", { k: 5 });

    const { items, weights, times } = (await interactions.histories.of("user-2"))!;
    const { indices, scores } = rank(models.get("svd")!, {
      items: Uint32Array.of(...items, interactions.itemIds.indexOf(`item-${item}`)),
      weights: Float32Array.of(...weights, 4),
      times: Uint32Array.of(...times, time),
    }, { k: 5 });
    assertEquals(
      online.items.map(({ productId, score }) => [productId, Math.fround(score)]),
      Array.from(indices, (item, rank) => [interactions.itemIds.idAt(item), scores[rank]]),
    );
  }));

Deno.test("a list that leaves out many products has room for their ids", () =>
  withService(async (client) => {
    const all = await client.recommendIds("ann", { k: 20 });
    const long = Array.from({ length: 990 }, (_, i) => `${"long".repeat(60)}${i}`);
    const not = [...all.slice(0, 2), ...long];
    assertEquals(await client.recommendIds("ann", { k: 18, not }), all.slice(2));
    const { items } = await client.recommend("ann", { k: 5, offset: 1, not });
    assertEquals(items.map(({ productId }) => productId), all.slice(3, 8));
  }));

Deno.test("a search result is ordered for a user", () =>
  withService(async (client) => {
    const productIds = await client.recommendIds("ann", { k: 20 });
    const { items, unknown } = await client.rank({
      userId: "ann",
      productIds: ["none", ...productIds.toReversed()],
    });
    assertEquals(items.map(({ productId }) => productId), productIds);
    assertEquals(unknown, ["none"]);
  }));

Deno.test("a refusal is an error that carries the service's problem document", () =>
  withService(async (client) => {
    const error = await assertRejects(
      () => client.recommend("ann", { k: 2000 }),
      ApiError,
      'Parameter "k" must be a whole number from 1 to 1000, got "2000"',
    );
    assertEquals([error.status, error.problem?.parameter], [400, "k"]);
  }));

Deno.test("a client without a token can read but not write", () =>
  withService(async (_, { serving: { url } }) => {
    const client = new ShopClient({ url });
    assertEquals((await client.recommend("user-3", { k: 1 })).items.length, 1);
    const error = await assertRejects(() => client.forget("user-3"), ApiError, "needs a token");
    assertEquals(error.status, 401);
  }));

Deno.test("requests are counted by route across a reload", () =>
  withService(async (client, { serving: { url } }) => {
    await client.recommend("user-3");
    await client.reload();
    await client.recommend("user-3");
    const { status, headers } = await fetch(`${url}/metrics`, { method: "HEAD" });
    assertEquals([status, headers.get("x-content-type-options")], [200, "nosniff"]);
    assertMatch(
      await (await fetch(`${url}/metrics`)).text(),
      /requests_total\{route="\/recommend\/\{userId\}",method="GET",status="200"\} 2\n/,
    );
  }));

Deno.test("the rate limit of an address doesn't slow down the shop's own program", () =>
  withService(async (client, { serving: { url } }) => {
    const fetchStatus = async () => {
      const response = await fetch(`${url}/recommend/user-3`);
      await response.body?.cancel();
      return response.status;
    };
    assertEquals([await fetchStatus(), await fetchStatus()], [200, 429]);
    assertEquals((await client.recommend("user-3")).strategy, "personalized");
  }, { rateLimit: 0.001 }));

Deno.test("a reload swaps the artifact without dropping a request", () =>
  withService(async (client, { folder, serving }) => {
    const first = await client.version();
    await client.sendEvents([{ userId: "new", productId: "item-0", type: "view" }]);
    const interactions = blockInteractions() as ShopInteractions;
    const { version } = await saveArtifact(`${folder}/artifacts`, {
      interactions,
      models: [{ name: "popularity", options: {}, model: await popularity.fit(interactions) }],
      defaultModel: "popularity",
      facts: { sources: ["the same"] },
    });
    assertEquals((await client.version()).version, first.version);
    const pending = Array.from({ length: 50 }, () => client.recommend("user-1"));
    assertEquals(await client.reload(), { version, previous: first.version });
    pending.push(...Array.from({ length: 50 }, () => client.recommend("user-1")));
    const models = new Set((await Promise.all(pending)).map(({ model }) => model));
    assert(models.has("popularity"));
    assertEquals((await client.version()).models, ["popularity"]);
    assertEquals(serving.artifact.version, version);
    assertEquals((await client.history("new")).total, 1);
  }));

Deno.test("an invalid artifact is refused and the old one keeps serving", () =>
  withService(async (client, { folder }) => {
    const { version } = await client.version();
    const invalid = "20300101T000000Z-000000000000";
    await Deno.mkdir(`${folder}/artifacts/${invalid}`);
    await Deno.writeTextFile(`${folder}/artifacts/current`, invalid);
    const error = await assertRejects(() => client.reload(), ApiError, "Cannot load the artifact");
    assertEquals(error.status, 409);
    assertEquals((await client.version()).version, version);
    assertEquals((await client.recommend("user-1")).strategy, "personalized");
  }));

/** A client of a service that gives these answers in turn, and the requests it received. */
function clientOf(...answers: (() => Response | Promise<Response>)[]) {
  const requests: Request[] = [];
  const fetch = (input: RequestInfo | URL, init?: RequestInit) => {
    requests.push(new Request(input, init));
    return Promise.try(answers[requests.length - 1]);
  };
  return { requests, client: new ShopClient({ url: "http://shop.test", timeoutMs: 50, fetch }) };
}

const failsToConnect = () => Promise.reject(new TypeError("connection reset"));
const respondsBusy = () => new Response("", { status: 503, headers: { "retry-after": "0" } });
const accepts = () =>
  Response.json({ accepted: 1, duplicates: 0, unknownProducts: 0, unknownLists: 0, refused: [] });

Deno.test("a request that is safe to repeat is retried with the same event ids", async () => {
  const { client, requests } = clientOf(failsToConnect, respondsBusy, accepts);
  await client.sendEvents([{ userId: "a", productId: "b", type: "view" }]);
  const bodies = await Promise.all(requests.map((request) => request.text()));
  assertEquals(new Set(bodies).size, 1);
  assertMatch(bodies[0], /"eventId":"[0-9a-f-]{36}"/);
});

Deno.test("a request fails after two retries; unsafe and invalid ones aren't retried", async () => {
  const busy = clientOf(respondsBusy, respondsBusy, respondsBusy);
  const error = await assertRejects(() => busy.client.version(), ApiError, "answered 503");
  assertEquals([error.status, error.problem, busy.requests.length], [503, undefined, 3]);

  const unreachable = clientOf(failsToConnect, failsToConnect);
  await assertRejects(() => unreachable.client.reload(), TypeError, "connection reset");
  assertEquals(unreachable.requests.length, 1);

  const wrong = clientOf(() => new Response("", { status: 400 }));
  await assertRejects(() => wrong.client.version(), ApiError, "answered 400");
  assertEquals(wrong.requests.length, 1);
});

Deno.test("an attempt that takes too long is aborted and retried", async () => {
  let attempts = 0;
  await using slow = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => {
      attempts++;
      return new Promise<Response>((resolve) => setTimeout(() => resolve(new Response()), 300));
    },
  );
  const url = `http://127.0.0.1:${slow.addr.port}`;
  const client = new ShopClient({ url, timeoutMs: 20, retries: 1 });
  await assertRejects(() => client.version(), DOMException, "timeout");
  assertEquals(attempts, 2);
});

Deno.test("an audience of all users is the best of all pages, or of a share", async () => {
  const page = (share: number, affinities: number[], next?: number) => () =>
    Response.json({
      ...{ productId: "7", model: "svd", compared: 10, share, next },
      users: affinities.map((affinity) => ({ userId: `user-${affinity}`, affinity })),
    });
  const pages = () => [page(0.5, [0.9, 0.2], 5), page(0.8, [0.4, 0.3], 8), page(1, [0.7, -1])];
  const all = clientOf(...pages());
  const { users, compared, share } = await all.client.wholeAudience("7", { k: 3, model: "svd" });
  assertEquals(users.map(({ affinity }) => affinity), [0.9, 0.7, 0.4]);
  assertEquals([compared, share], [30, 1]);
  assertEquals(all.requests.map(({ url }) => new URL(url).searchParams.get("from")), [
    ...[null, "5", "8"],
  ]);
  const some = clientOf(...pages());
  assertEquals((await some.client.wholeAudience("7", { share: 0.6 })).share, 0.8);
  assertEquals(some.requests.length, 2);
});
