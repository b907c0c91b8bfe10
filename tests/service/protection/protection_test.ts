/** Access control and limits, from a client's view. */
import { createHandler } from "../../../src/service/handler.ts";
import type { ProtectionOptions } from "../../../src/service/protection/protection.ts";
import { Protection } from "../../../src/service/protection/protection.ts";
import { ProblemError } from "../../../src/service/http/problem.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../../assert.ts";
import { API_TOKEN } from "../live_shop.ts";

const READ_TOKEN = "read-0123456789abcdef";
const artifact = await tinyArtifact();

function shopWith(options: ProtectionOptions = {}) {
  const reload = () => Promise.resolve({ version: "b", previous: "a" });
  const handler = createHandler(artifact, { protection: new Protection(options), reload });
  return async (method: string, path: string, token?: string, hostname = "192.0.2.1") => {
    const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
    const response = await handler(new Request(`http://shop.test${path}`, { method, headers }), {
      remoteAddr: { transport: "tcp", hostname, port: 1 },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
  };
}

const MANAGING: readonly [string, string][] = [
  ["POST", "/events"],
  ["GET", "/events/export"],
  ["HEAD", "/events/export"],
  ["PUT", "/products/100"],
  ["DELETE", "/users/ann"],
  ["GET", "/users/ann/history"],
  ["POST", "/admin/reload"],
];

Deno.test("a user's list is explained to the shop's programs alone, cached or not", async () => {
  const path = "/recommend/ann?explain=true";
  assertEquals((await shopWith()("GET", path)).status, 403);
  const ask = shopWith({ apiTokens: [API_TOKEN], readTokens: [READ_TOKEN] });
  for (let i = 0; i < 2; i++) {
    assertEquals((await ask("GET", path, API_TOKEN)).status, 200);
    assertEquals((await ask("GET", path, READ_TOKEN)).status, 403);
    assertEquals((await ask("GET", path)).status, 401);
    assertEquals((await ask("GET", "/recommend/ann", READ_TOKEN)).status, 200);
  }
});

const OPEN = ["/", "/healthz", "/readyz", "/version", "/openapi.json"];
const READING = ["/recommend/ann", "/similar/100", "/popular", "/products", "/products/100"];

for (const [method, path] of MANAGING) {
  Deno.test(`${method} ${path} needs one of API_TOKENS; without any it is closed`, async () => {
    const closed = await shopWith()(method, path, API_TOKEN);
    assertEquals(closed.status, 403);
    if (method !== "HEAD") assertStringIncludes(closed.body.detail, "started without API_TOKENS");

    const ask = shopWith({ apiTokens: [API_TOKEN], readTokens: [READ_TOKEN] });
    const anonymous = await ask(method, path);
    assertEquals(anonymous.status, 401);
    assertEquals(anonymous.headers.get("www-authenticate"), "Bearer");
    const wrong = await ask(method, path, "0123456789abcdeF");
    assertEquals(wrong.status, 401);
    assertEquals(wrong.headers.get("www-authenticate"), 'Bearer error="invalid_token"');
    const reader = await ask(method, path, READ_TOKEN);
    assertEquals(reader.status, 403);
    const { status } = await ask(method, path, API_TOKEN);
    // Not refused; this shop has no store.
    assertEquals([200, 400, 503].includes(status), true, String(status));
  });
}

Deno.test("reading is open unless there are READ_TOKENS; then any token is enough", async () => {
  const open = shopWith({ apiTokens: [API_TOKEN] });
  const closed = shopWith({ apiTokens: [API_TOKEN], readTokens: [READ_TOKEN] });
  for (const path of READING) {
    assertEquals((await open("GET", path)).status, 200);
    assertEquals((await closed("GET", path)).status, 401);
    assertEquals((await closed("GET", path, READ_TOKEN)).status, 200);
    assertEquals((await closed("GET", path, API_TOKEN)).status, 200);
  }
  for (const path of OPEN) assertEquals((await closed("GET", path)).status, 200);
});

Deno.test("above the rate limit of a token or address requests get 429", async () => {
  const ask = shopWith({ apiTokens: [API_TOKEN], rateLimit: 0.01 });
  assertEquals((await ask("GET", "/recommend/ann")).status, 200);
  const { status, headers, body } = await ask("GET", "/recommend/bob");
  assertEquals({ status, retryAfter: headers.get("retry-after") }, {
    status: 429,
    retryAfter: "100",
  });
  assertStringIncludes(body.detail, "At most 0.01 requests a second");
  // An unknown token doesn't help; a known one does, and so does another address.
  assertEquals((await ask("GET", "/recommend/ann", "made-up-0123456789")).status, 429);
  assertEquals((await ask("GET", "/recommend/ann", API_TOKEN)).status, 200);
  assertEquals((await ask("GET", "/recommend/ann", undefined, "192.0.2.2")).status, 200);
  for (let i = 0; i < 3; i++) assertEquals((await ask("GET", "/healthz")).status, 200);
});

Deno.test("what everyone may read is limited as the rest; health never is", async () => {
  for (const path of ["/", "/version", "/openapi.json", "/docs/start.js"]) {
    const handler = createHandler(artifact, { protection: new Protection({ rateLimit: 0.01 }) });
    const ask = async (path: string) => {
      const response = await handler(new Request(`http://shop.test${path}`));
      await response.body?.cancel();
      return response.status;
    };
    assertEquals([await ask(path), await ask(path)], [200, 429], path);
    for (const health of ["/healthz", "/readyz"]) assertEquals(await ask(health), 200);
  }
});

Deno.test("above the concurrency limit requests get 503 until one finishes", async () => {
  const protection = new Protection({ concurrency: 2 });
  const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const working = answers.map(({ promise }) => protection.work(() => promise));
  const error = await assertRejects(() => protection.work(() => {}), ProblemError);
  assertEquals([error.problem.status, error.problem.retryAfter], [503, 1]);
  assertEquals(protection.inFlight, 2);
  answers[0].reject(new Error("failed"));
  await assertRejects(() => working[0], Error, "failed");
  await protection.work(() => {});
  answers[1].resolve();
  await working[1];
  assertEquals(protection.inFlight, 0);
});

Deno.test("at the concurrency limit bodies aren't read, and health still answers", async () => {
  const protection = new Protection({ concurrency: 1 });
  const handler = createHandler(artifact, { protection });
  const busy = Promise.withResolvers<void>();
  const working = protection.work(() => busy.promise);
  const request = new Request("http://shop.test/recommend", { method: "POST", body: "{" });
  const refused = await handler(request);
  assertEquals([refused.status, refused.headers.get("retry-after")], [503, "1"]);
  assertEquals(request.bodyUsed, false);
  assertEquals((await handler(new Request("http://shop.test/healthz"))).status, 200);
  busy.resolve();
  await working;
  assertEquals((await handler(request)).status, 400);
});
