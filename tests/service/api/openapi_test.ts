/** The OpenAPI document, and answers that match it. */
import type { z } from "zod";
import * as experiments from "../../../src/service/schema/experiment_answers.ts";
import * as answers from "../../../src/service/schema/answers.ts";
import { assert, assertEquals, assertMatch } from "../../assert.ts";
import { createHandler } from "../../../src/service/handler.ts";
import { Protection, type ProtectionOptions } from "../../../src/service/protection/protection.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { API_TOKEN, askerOf, withLiveShop } from "../live_shop.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

Deno.test("every endpoint of the index is described, and no other", () =>
  withLiveShop(async ({ get }) => {
    const { endpoints } = await get("/");
    const { openapi, paths } = await get("/openapi.json");
    assertEquals(openapi, "3.1.1");
    const described = Object.entries<Json>(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`)
    );
    const listed = endpoints.map(({ method, path }: Json) => `${method} ${path.split("{?")[0]}`);
    assertEquals(described.toSorted(), listed.toSorted());
  }));

Deno.test("operations have a unique name, a summary and all parameters of their path", () =>
  withLiveShop(async ({ get }) => {
    const { paths } = await get("/openapi.json");
    const operations = Object.entries<Json>(paths).flatMap(([path, byMethod]) =>
      Object.values<Json>(byMethod).map((operation) => ({ path, ...operation }))
    );
    const names = operations.map(({ operationId }) => operationId);
    assertEquals(new Set(names).size, names.length);
    for (const { path, summary, parameters, responses } of operations) {
      assert(summary.length > 0);
      const inPath = parameters.filter((parameter: Json) => parameter.in === "path");
      assertEquals(
        inPath.map(({ name }: Json) => name),
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]: string[]) => name),
      );
      assert(inPath.every(({ required }: Json) => required));
      assert("default" in responses && Object.keys(responses).length > 1);
    }
  }));

Deno.test("parameters are described by the rules that they are checked against", () =>
  withLiveShop(async ({ get }) => {
    const { paths } = await get("/openapi.json");
    const parameters = new Map<string, Json>(
      paths["/recommend/{userId}"].get.parameters.map((
        parameter: Json,
      ) => [parameter.name, parameter]),
    );
    assertEquals(parameters.get("k"), {
      name: "k",
      in: "query",
      required: false,
      description: "How many products",
      schema: { type: "integer", minimum: 1, maximum: 1000, default: 10 },
    });
    assertEquals(parameters.get("model").schema, {
      type: "string",
      enum: ["popularity", "affinity"],
      default: "affinity",
    });
    assertEquals(parameters.get("not").explode, true);
    const [window] = paths["/popular"].get.parameters.filter(({ name }: Json) => name === "window");
    assertEquals(window.schema, { type: "string", pattern: "^[1-9]\\d?d$" });
  }));

Deno.test("the tokens that operations need are described", () =>
  withLiveShop(async ({ get }) => {
    const { paths, components } = await get("/openapi.json");
    assertEquals(Object.keys(components.securitySchemes), ["apiToken", "readToken"]);
    const needing = Object.entries<Json>(paths).flatMap(([path, operations]) =>
      Object.entries<Json>(operations)
        .filter(([, { security }]) => JSON.stringify(security) === '[{"apiToken":[]}]')
        .map(([method]) => `${method} ${path}`)
    );
    assertEquals(needing.toSorted(), [
      "delete /products/{productId}",
      "delete /rules/{name}",
      "delete /users/{userId}",
      "get /events/export",
      "get /products/{productId}/audience",
      "get /rules",
      "get /users",
      "get /users/{userId}/history",
      "post /events",
      "post /users/{userId}/merge",
      "put /products",
      "put /products/{productId}",
      "put /rules/{name}",
    ]);
    assertEquals(paths["/healthz"].get.security, []);
    // Without READ_TOKENS, a token changes nothing but whether a user's list may say why.
    assertEquals(paths["/popular"].get.security, []);
    assertEquals(paths["/recommend/{userId}"].get.security, [{}, { apiToken: [] }]);
  }));

/** The document of a service with these tokens. */
async function documentFor(tokens: ProtectionOptions): Promise<Json> {
  const handler = createHandler(await tinyArtifact(), { protection: new Protection(tokens) });
  return await (await askerOf(handler, {})("/openapi.json")).json();
}

Deno.test("with READ_TOKENS, reading is locked", async () => {
  const { paths } = await documentFor({ readTokens: [API_TOKEN] });
  for (const path of ["/popular", "/recommend/{userId}"]) {
    assertEquals(paths[path].get.security, [{ readToken: [] }, { apiToken: [] }]);
  }
});

Deno.test("every operation is in one of the document's groups", () =>
  withLiveShop(async ({ get }) => {
    const { paths, tags } = await get("/openapi.json");
    const groups = tags.map(({ name }: Json) => name);
    for (const operation of Object.values<Json>(paths).flatMap((path) => Object.values(path))) {
      const [group, ...others] = (operation as Json).tags;
      assert(groups.includes(group), (operation as Json).operationId);
      assertEquals(others, []);
    }
  }));

/** The example of a path's parameter. */
function exampleOf({ paths }: Json, method: string, path: string): string {
  return paths[path][method].parameters[0].example;
}

Deno.test("without tokens, examples name a real user, except where that deletes", async () => {
  const document = await documentFor({});
  assertEquals(exampleOf(document, "get", "/recommend/{userId}"), "ann");
  assertEquals(exampleOf(document, "delete", "/users/{userId}"), "example-user");
  assertEquals(exampleOf(document, "get", "/similar/{productId}"), "100");
});

Deno.test("the open document of a service with tokens names no user", async () => {
  for (const tokens of [{ apiTokens: [API_TOKEN] }, { readTokens: [API_TOKEN] }]) {
    const text = JSON.stringify(await documentFor(tokens));
    assertEquals(text.includes('"ann"'), false);
  }
});

Deno.test("the examples of bodies can be sent as they are", () =>
  withLiveShop(async ({ get, send }) => {
    const { paths } = await get("/openapi.json");
    const sent: [string, number][] = [];
    for (const [path, operations] of Object.entries<Json>(paths)) {
      for (const [method, { requestBody, parameters }] of Object.entries<Json>(operations)) {
        const example = requestBody?.content["application/json"].example;
        if (example === undefined) continue;
        const place = path.replace(/\{\w+\}/, parameters[0]?.example);
        const { status } = await send(method.toUpperCase(), place, example);
        sent.push([`${method} ${path}`, status]);
      }
    }
    assertEquals(sent, [
      ["post /recommend/{userId}", 200],
      ["post /recommend", 200],
      ["post /rank", 200],
      ["post /together", 200],
      ["put /products/{productId}", 200],
      ["post /events", 202],
    ]);
  }));

Deno.test("bodies are described as they are sent", () =>
  withLiveShop(async ({ get }) => {
    const { paths } = await get("/openapi.json");
    const { schema } = paths["/events"].post.requestBody.content["application/json"];
    const [event] = schema.anyOf;
    assertEquals(event.required, ["userId", "productId", "type"]);
    assertEquals(event.additionalProperties, false);
    assertEquals(event.properties.time.anyOf, [
      { type: "string", minLength: 1 },
      { type: "number", minimum: 946684800 },
    ]);
  }));

Deno.test("no parameter is described as possibly empty that is refused when it is", () =>
  withLiveShop(async ({ get, ask }) => {
    const { paths } = await get("/openapi.json");
    const schemaOf = (path: string, name: string) =>
      paths[path].get.parameters.find((parameter: Json) => parameter.name === name).schema;
    assertEquals(schemaOf("/events/export", "since").anyOf[0].minLength, 1);
    assertEquals(schemaOf("/recommend/{userId}", "not").minItems, 1);
    assertEquals(schemaOf("/recommend/{userId}", "brand").items.minLength, 1);
    for (const query of ["/events/export?since=", "/recommend/ann?not=", "/popular?brand="]) {
      assertEquals((await ask(query)).status, 400);
    }
  }));

Deno.test("the address of the documentation with a slash at its end leads to it", () =>
  withLiveShop(async ({ ask }) => {
    const { status, headers } = await ask("/docs/");
    assertEquals([status, headers.get("location")], [308, "../docs"]);
    assertEquals(new URL("../docs", "http://shop.test/docs/").pathname, "/docs");
  }));

const EXPERIMENT = {
  share: 0.5,
  arms: [{ name: "a", share: 0.5 }, { name: "b", share: 0.5, model: "popularity" }],
};

/** What a service has that stores what users are shown. */
const EXPOSED = { exposures: true, experiments: { experiments: { filed: EXPERIMENT } } };

/** Requests and the rule of their answer. */
const ANSWERS: readonly [string, string, unknown, z.ZodObject][] = [
  ["GET", "/", undefined, answers.indexAnswer],
  ["GET", "/recommend/ann?explain=true", undefined, answers.recommendAnswer],
  ["POST", "/recommend", { events: [] }, answers.sessionAnswer],
  ["POST", "/rank", { userId: "ann", productIds: ["100", "x"] }, answers.rankAnswer],
  ["GET", "/placements", undefined, answers.placementsAnswer],
  ["PUT", "/rules/cap", { cap: { by: "brand", most: 2 } }, answers.ruleAnswer],
  ["GET", "/users?limit=2", undefined, answers.usersAnswer],
  ["GET", "/rules", undefined, answers.rulesAnswer],
  ["GET", "/products/100/audience", undefined, answers.audienceAnswer],
  ["GET", "/similar/100", undefined, answers.similarAnswer],
  ["GET", "/together/100?explain=true", undefined, answers.togetherAnswer],
  ["POST", "/together", { productIds: ["100", "x"] }, answers.togetherAnswer],
  ["GET", "/similar/100?userId=ann", undefined, answers.similarAnswer],
  ["GET", "/popular?window=7d", undefined, answers.popularAnswer],
  ["GET", "/new?userId=ann", undefined, answers.newAnswer],
  ["GET", "/users/ann/history", undefined, answers.historyAnswer],
  ["DELETE", "/users/ann", undefined, answers.forgottenAnswer],
  ["GET", "/products/100", undefined, answers.productAnswer],
  ["GET", "/products?query=r", undefined, answers.productsAnswer],
  ["PUT", "/products/100", { price: 3 }, answers.changedProductAnswer],
  ["POST", "/events", [{ userId: "a", productId: "b", type: "view" }, 1], answers.eventsAnswer],
  ["GET", "/healthz", undefined, answers.healthAnswer],
  ["GET", "/readyz", undefined, answers.readinessAnswer],
  ["GET", "/version", undefined, answers.versionAnswer],
  ["PUT", "/experiments/put", { ...EXPERIMENT, from: 0.5 }, experiments.experimentAnswer],
  ["GET", "/experiments/filed", undefined, experiments.experimentReportAnswer],
  ["GET", "/experiments", undefined, experiments.experimentsAnswer],
  ["GET", "/nothing", undefined, answers.problemAnswer],
  ["POST", "/events", [1, 2], answers.problemAnswer],
];

for (const [method, path, body, rule] of ANSWERS) {
  Deno.test(`${method} ${path} is answered as described`, () =>
    withLiveShop(async ({ ask }) => {
      const response = await ask(path, { method, body: body ? JSON.stringify(body) : null });
      const answer = await response.json();
      assertEquals(rule.strict().parse(answer), answer);
    }, path.startsWith("/experiments") ? EXPOSED : {}));
}

Deno.test("the documentation page loads nothing from elsewhere", () =>
  withLiveShop(async ({ ask }) => {
    const page = await ask("/docs");
    assertMatch(page.headers.get("content-type") ?? "", /^text\/html/);
    const html = await page.text();
    assert(!html.includes("//"), html);
    const files = [...html.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, file]) => file);
    assertEquals(files.length, 3);
    for (const file of files) {
      const response = await ask(`/${file}`);
      assertEquals(response.status, 200);
      // The address names the content, so the answer never changes.
      assertMatch(response.headers.get("cache-control") ?? "", /max-age=31536000, immutable/);
      const old = await ask(`/${file.replace(/v=.*/, "v=old")}`);
      assertEquals(old.headers.get("cache-control"), "public, no-cache");
      await old.body?.cancel();
      assertMatch(response.headers.get("content-type") ?? "", /^text\/(css|javascript)/);
      assert((await response.text()).length > 50);
    }
    const etag = page.headers.get("etag") ?? "";
    assertEquals((await ask("/docs", { headers: { "if-none-match": etag } })).status, 304);
    assertEquals((await ask("/docs/package.json")).status, 400);
  }));

Deno.test("an ETag and its 304 are described where answers have them", () =>
  withLiveShop(async ({ get, ask }) => {
    const { paths } = await get("/openapi.json");
    for (
      const [path, example] of [
        ["/recommend/{userId}", "/recommend/ann"],
        ["/popular", "/popular"],
        ["/users/{userId}/history", "/users/ann/history"],
        ["/docs/{file}", "/docs/start.js"],
        ["/healthz", "/healthz"],
      ]
    ) {
      const { headers, body } = await ask(example);
      await body?.cancel();
      const { responses } = paths[path].get;
      assertEquals("ETag" in (responses[200].headers ?? {}), headers.has("etag"));
      const isList = path === "/recommend/{userId}" || path === "/popular";
      assertEquals("x-unavailable" in (responses[200].headers ?? {}), isList, path);
      assertEquals("304" in responses, headers.has("etag"));
      if ("304" in responses) assertEquals(responses[304].content, undefined);
    }
  }));
