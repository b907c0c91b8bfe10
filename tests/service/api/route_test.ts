import { z } from "zod";
import { fresh, jsonBody, revalidated } from "../../../src/service/api/content.ts";
import { defineRoute } from "../../../src/service/api/route.ts";
import { inQuery } from "../../../src/service/schema/in_query.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assertEquals, assertMatch } from "../../assert.ts";
import { apiOf } from "./api_of.ts";

const lookUp = defineRoute({
  method: "GET",
  path: "/shelves/{shelf}/{size}",
  access: "open",
  summary: "What is on a shelf",
  pathParameters: { size: z.enum(["small", "large"]) },
  query: ({ names }) => inQuery({ k: z.int().default(3), model: z.enum(names).optional() }),
  answers: revalidated("The shelf", z.object({ text: z.string() }), "public, no-cache"),
  handle: ({ path: { shelf, size }, query: { k, model } }) => ({
    text: `${shelf} ${size} ${k + 1} ${model}`,
  }),
});

const store = defineRoute({
  method: "POST",
  path: "/shelves",
  access: "open",
  summary: "Count numbers",
  body: jsonBody("Numbers", z.array(z.number({ error: "a number" }))),
  answers: fresh("Their sum", z.object({ sum: z.number() }), { status: 202 }),
  handle: ({ body }) => ({ sum: body.reduce((a, b) => a + b, 0) }),
});

const { ask, context } = apiOf(await tinyArtifact(), [lookUp, store]);

Deno.test("an endpoint gets its path, query and defaults as values", async () => {
  const response = await ask("/shelves/a%2Fb/small?model=affinity");
  assertEquals(await response.json(), { text: "a/b small 4 affinity" });
  assertEquals(await (await ask("/shelves/x/large?k=9")).json(), {
    text: "x large 10 undefined",
  });
});

Deno.test("parts of a path are ids unless they have a rule of their own", async () => {
  const faultOf = async (path: string) => (await (await ask(path)).json()).parameter;
  assertEquals(await faultOf(`/shelves/${"x".repeat(257)}/small`), "shelf");
  assertEquals(await faultOf("/shelves/x/medium"), "size");
  assertEquals(Object.keys(context.routes[0].pathParameters.shape), ["shelf", "size"]);
});

Deno.test("a rule made of the models knows those that are served", async () => {
  const { allowed } = await (await ask("/shelves/x/small?model=other")).json();
  assertEquals(allowed, ["popularity", "affinity"]);
});

Deno.test("a value becomes the answer that the endpoint declares", async () => {
  const tagged = await ask("/shelves/x/small");
  assertEquals(tagged.headers.get("cache-control"), "public, no-cache");
  const headers = { "if-none-match": tagged.headers.get("etag") ?? "" };
  assertEquals((await ask("/shelves/x/small", { headers })).status, 304);

  const stored = await ask("/shelves", { method: "POST", body: "[1, 2]" });
  assertEquals([stored.status, stored.headers.get("cache-control")], [202, "no-store"]);
  assertEquals(await stored.json(), { sum: 3 });
});

Deno.test("a body that breaks its rule never reaches the endpoint", async () => {
  const response = await ask("/shelves", { method: "POST", body: '[1, "two"]' });
  assertEquals(response.status, 400);
  assertMatch((await response.json()).detail, /must be a number, got "two"/);
});

Deno.test("a value that breaks the declared rule is a type error", () => {
  defineRoute({
    method: "GET",
    path: "/shelves",
    access: "open",
    summary: "Count the shelves",
    answers: fresh("Their number", z.object({ count: z.number() })),
    // @ts-expect-error: the count must be a number
    handle: () => ({ count: "three" }),
  });
});
