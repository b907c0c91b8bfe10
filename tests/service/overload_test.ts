/** What clients see of a service that has more to do than it can. */
import { sleep } from "../../src/base/time.ts";
import { createHandler } from "../../src/service/handler.ts";
import { Protection } from "../../src/service/protection/protection.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals } from "../assert.ts";

const artifact = await tinyArtifact();

async function statusOf(response: Response | Promise<Response>): Promise<number> {
  const { status, body } = await response;
  await body?.cancel();
  return status;
}

Deno.test("explanations take turns, and health is answered in between", async () => {
  const handler = createHandler(artifact, { protection: new Protection({ concurrency: 100 }) });
  const body = JSON.stringify({ events: [{ productId: "100", type: "view" }], explain: true });
  const order: string[] = [];
  const explain = async (name: string) => {
    const request = new Request("http://shop.test/recommend", { method: "POST", body });
    order.push(`${name} ${await statusOf(handler(request))}`);
  };
  // Ten of weight ten fit into a hundred.
  const explained = Array.from({ length: 11 }, (_, i) => explain(String(i)));
  while (order.length < 2) await sleep(0);
  const health = statusOf(handler(new Request("http://shop.test/healthz")));
  order.push(`health ${await health}`);
  await Promise.all(explained);
  const place = order.indexOf("health 200");
  assert(place >= 1 && place < 9, order.join());
  assertEquals(order.filter((answer) => answer.endsWith(" 503")), ["10 503"]);
  assertEquals(order.filter((answer) => answer.endsWith(" 200")).length, 11);
});

Deno.test("a full service refuses, but answers cached lists and health", async () => {
  const protection = new Protection({ concurrency: 1 });
  const handler = createHandler(artifact, { protection });
  const get = (path: string) => statusOf(handler(new Request(`http://shop.test${path}`)));
  assertEquals(await get("/recommend/ann"), 200);
  const busy = Promise.withResolvers<void>();
  const working = protection.work(() => busy.promise);
  assertEquals(await get("/recommend/ann"), 200);
  assertEquals(await get("/recommend/bob"), 503);
  for (const path of ["/healthz", "/readyz"]) assertEquals(await get(path), 200);
  busy.resolve();
  await working;
  assertEquals(await get("/recommend/bob"), 200);
});

Deno.test("explanations weigh ten times as much in the rate limit", async () => {
  // Twenty tokens at first: two explanations, of an address that nobody knows.
  const handler = createHandler(artifact, { protection: new Protection({ rateLimit: 10 }) });
  const body = JSON.stringify({ events: [], explain: true });
  const explain = () =>
    statusOf(handler(new Request("http://shop.test/recommend", { method: "POST", body })));
  assertEquals([await explain(), await explain(), await explain()], [200, 200, 429]);
});
