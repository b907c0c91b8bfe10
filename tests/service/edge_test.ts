import { atEdge } from "../../src/service/edge.ts";
import { createHandler } from "../../src/service/handler.ts";
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
