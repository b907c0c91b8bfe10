import { writeAll } from "../../src/base/write_all.ts";
import { atEdge } from "../../src/service/edge.ts";
import { createHandler } from "../../src/service/handler.ts";
import { listen } from "../../src/service/listen.ts";
import { AccessLog } from "../../src/service/observability/access_log.ts";
import { Metrics } from "../../src/service/observability/metrics.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";

const handler = createHandler(await tinyArtifact());

async function ask(
  path: string,
  { corsOrigins, ...init }: RequestInit & { corsOrigins?: string[] } = {},
): Promise<Response> {
  return await atEdge(handler, { corsOrigins })(new Request(`http://shop.test${path}`, init));
}

Deno.test("browsers may not guess an answer's type, nor run anything in it", async () => {
  for (
    const [path, isData] of [
      ["/", true],
      ["/recommend/ann", true],
      ["/recommend/ann?k=0", false],
      ["/nothing", false],
      ["/metrics", false],
    ] as const
  ) {
    const { headers } = await ask(path);
    assertEquals(headers.get("x-content-type-options"), "nosniff");
    assertEquals(headers.get("content-type") === "application/json", isData);
    assertEquals(headers.get("referrer-policy"), isData ? null : "no-referrer");
    assertEquals(
      headers.get("content-security-policy"),
      isData ? null : "default-src 'none'; frame-ancestors 'none'",
    );
  }
  const page = await ask("/docs");
  assertStringIncludes(page.headers.get("content-security-policy") ?? "", "script-src 'self';");
});

Deno.test("a URL of more than 16,384 characters is refused", async () => {
  const path = (length: number) =>
    `/popular?not=${"1".repeat(length - "http://shop.test/popular?not=".length)}`;
  assertEquals((await ask(path(16_384))).status, 400);
  const response = await ask(path(16_385));
  assertEquals(response.status, 414);
  const { detail, instance } = await response.json();
  assertEquals(detail, "The URL must be at most 16384 characters long, got 16385");
  assertEquals(instance, "/popular");
});

const ORIGIN = "https://shop.example.com";

Deno.test("pages of other origins can read answers only if their origin is allowed", async () => {
  for (
    const [corsOrigins, origin, allowed, vary] of [
      [undefined, ORIGIN, null, null],
      [[ORIGIN], ORIGIN, ORIGIN, "origin"],
      [[ORIGIN], "https://other.example.com", null, "origin"],
      [[ORIGIN], "https://shop.example.com.evil.test", null, "origin"],
      [["*"], ORIGIN, "*", null],
    ] as const
  ) {
    const { headers } = await ask("/recommend/ann", {
      headers: { origin },
      corsOrigins: corsOrigins && [...corsOrigins],
    });
    assertEquals(headers.get("access-control-allow-origin"), allowed);
    assertEquals(headers.get("vary"), vary);
  }
});

Deno.test("the answer to a preflight says what may be sent", async () => {
  const { status, headers } = await ask("/recommend", {
    method: "OPTIONS",
    headers: { origin: ORIGIN, "access-control-request-method": "POST" },
    corsOrigins: [ORIGIN],
  });
  assertEquals(status, 204);
  assertEquals(headers.get("access-control-allow-origin"), ORIGIN);
  assertEquals(headers.get("access-control-allow-methods"), "POST");
  assertStringIncludes(headers.get("access-control-allow-headers") ?? "", "authorization");
  assertEquals(headers.get("access-control-max-age"), "600");
});

Deno.test("pages of an allowed origin can read problem documents as well", async () => {
  const response = await ask("/recommend/ann?k=0", {
    headers: { origin: ORIGIN },
    corsOrigins: [ORIGIN],
  });
  assertEquals([response.status, response.headers.get("access-control-allow-origin")], [
    400,
    ORIGIN,
  ]);
});

Deno.test("a request's path comes from its request line, whatever Host says", async () => {
  const { url, stop } = listen(atEdge(handler), { host: "127.0.0.1", port: 0, graceMs: 20 });
  const port = Number(new URL(url).port);
  const statusOf = async (line: string, host: string) => {
    const answer = await exchange(port, `${line} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    return Number(answer.match(/^HTTP\/1\.1 (\d+)/)?.[1]);
  };
  assertEquals(await statusOf("GET /", "x"), 200);
  for (const host of ["x/metrics#", "x/metrics?", "x/recommend", "x@y", "x\\metrics#", "#", "?"]) {
    assertEquals(await statusOf("GET /", host), 400, host);
    assertEquals(await statusOf("GET /ann", host), 400, host);
  }
  for (const host of ["x", "x:80", "[::1]:8000", "ünï.test", "shop_1.test."]) {
    assertEquals(await statusOf("GET /healthz", host), 200, host);
  }
  await stop();
});

Deno.test("a method of 60 kB is neither echoed, logged nor counted by its name", async () => {
  const lines: string[] = [];
  const metrics = new Metrics();
  const log = new AccessLog({ write: (text) => void lines.push(text) });
  const handler = atEdge(createHandler(await tinyArtifact(), { metrics }), { metrics, log });
  const { url, stop } = listen(handler, { host: "127.0.0.1", port: 0, graceMs: 20 });
  const method = "X".repeat(60_000);
  const port = Number(new URL(url).port);
  const answer = await exchange(port, `${method} /healthz HTTP/1.1\r\nHost: x\r\n\r\n`);
  assertStringIncludes(answer, "405");
  assertStringIncludes(answer, "This method isn't allowed here, only GET, HEAD");
  await stop();
  await log[Symbol.asyncDispose]();
  const gauges = { version: "", defaultModel: "", created: "2019-10-01T00:00:00Z", inFlight: 0 };
  for (const text of [answer, lines.join(""), metrics.toText(gauges)]) {
    assertEquals(text.includes("XXX"), false);
  }
  assertStringIncludes(lines.join(""), '"method":"other"');
});

/** Sends text to a port, and returns the start of the answer. */
async function exchange(port: number, text: string): Promise<string> {
  using client = await Deno.connect({ hostname: "127.0.0.1", port });
  await writeAll(client, new TextEncoder().encode(text));
  const answer = new Uint8Array(5000);
  const size = await client.read(answer) ?? 0;
  return new TextDecoder().decode(answer.subarray(0, size));
}
