import { API_TOKEN, protectedBy } from "../service/live_shop.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { createHandler } from "../../src/service/handler.ts";
import { Protection } from "../../src/service/protection/protection.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assertAsksForToken, cookieOf, withPages } from "./page_shop.ts";

const READ_TOKEN = "a-token-that-may-read";

/** What pages with charts load besides. */
const CHART_FILES = ["vega", "vega-lite", "vega-interpreter", "charts"].map((name) =>
  `files/${name}.js`
);

Deno.test("a browser is led from / to the pages; other clients get the API's index", async () => {
  await withPages(async ({ handler }) => {
    const ask = async (accept: string) =>
      await handler(new Request("http://localhost/", { headers: { accept } }));
    const browser = await ask("text/html,application/xhtml+xml,*/*;q=0.8");
    assertEquals([browser.status, browser.headers.get("location")], [307, "pages/"]);
    for (const accept of ["application/json", "*/*"]) {
      assertEquals((await (await ask(accept)).json()).defaultModel, "affinity");
    }
  });
});

Deno.test("without pages, their addresses don't exist", async () => {
  const handler = createHandler(await tinyArtifact());
  const answer = await handler(new Request("http://localhost/pages/"));
  assertEquals(answer.status, 404);
  await answer.body?.cancel();
});

Deno.test("a page names what it may load, and is never cached", async () => {
  await withPages(async ({ show }) => {
    const { headers, html } = await show("");
    const policy = headers.get("content-security-policy") ?? "";
    assertStringIncludes(policy, "default-src 'none'; script-src 'self'; style-src 'self'");
    assertEquals(policy.includes("unsafe"), false);
    assertEquals(headers.get("cache-control"), "no-store");
    assertEquals(html.match(/(src|href)="https?:/), null);
  });
});

Deno.test("everything that pages load comes from the service", async () => {
  await withPages(async ({ show }) => {
    const { html } = await show("models");
    const files = Array.from(html.matchAll(/"(files\/[\w.-]+)"/g), ([, file]) => file);
    assert(files.length >= 4, files.join());
    for (const file of [...files, ...CHART_FILES]) {
      const { status, html, headers } = await show(file);
      assertEquals(status, 200, file);
      assertEquals(html.includes("sourceMappingURL"), false);
      assertMatch(headers.get("content-type") ?? "", /^(text\/(css|javascript)|image\/svg\+xml)/);
    }
    assertEquals((await show("files/toString")).status, 404);
    assertEquals((await show("files/..%2Fmod.ts")).status, 404);
  });
});

Deno.test("the interpreter of charts imports nothing that only a bundler finds", async () => {
  await withPages(async ({ show }) => {
    const { html } = await show("files/vega-interpreter.js");
    assertEquals(html.match(/^import /m), null);
    assertStringIncludes(html, "= globalThis.vega;");
  });
});

Deno.test("without tokens, this machine sees histories; another one's name doesn't", async () => {
  await withPages(async ({ show, handler }) => {
    assertEquals((await show("users/ann")).status, 200);
    // A name of somebody's site that leads to this machine.
    const rebound = await handler(new Request("http://evil.example/pages/users/ann"));
    assertEquals(rebound.status, 401);
    await rebound.body?.cancel();
  });
  await withPages(async ({ show }) => assertAsksForToken(await show("users/ann")), {
    host: "0.0.0.0",
  });
});

Deno.test("with API_TOKENS, histories need one of them, on this machine too", async () => {
  const protection = protectedBy();
  await withPages(async ({ show, submit }) => {
    assertAsksForToken(await show("users/ann"));
    assertEquals((await show("")).status, 200);
    const wrong = await submit("sign-in", { token: "not-the-right-token", next: "" });
    assertEquals([wrong.status, wrong.headers.getSetCookie()], [401, []]);
    assertStringIncludes(wrong.html, "The service doesn&#39;t know this token.");
    const right = await submit("sign-in", { token: API_TOKEN, next: "users/ann?k=3" });
    assertEquals([right.status, right.headers.get("location")], [303, "./users/ann?k=3"]);
    assertMatch(right.headers.getSetCookie()[0], /; Path=\/; HttpOnly; SameSite=Strict$/);
    const cookie = cookieOf(right);
    assertEquals((await show("users/ann", { headers: { cookie } })).status, 200);
    const out = await submit("sign-out", {}, cookie);
    assertMatch(out.headers.getSetCookie()[0], /^recommender_token=; Max-Age=0/);
  }, { protection });
});

Deno.test("READ_TOKENS close all pages; one of them opens all but histories", async () => {
  const protection = protectedBy({ readTokens: [READ_TOKEN] });
  await withPages(async ({ show, submit }) => {
    for (const place of ["", "models", "users"]) assertAsksForToken(await show(place));
    const cookie = cookieOf(await submit("sign-in", { token: READ_TOKEN, next: "" }));
    const signedIn = { headers: { cookie } };
    assertEquals((await show("", signedIn)).status, 200);
    assertEquals((await show("models", signedIn)).status, 200);
    assertAsksForToken(await show("users/ann", signedIn));
  }, { protection });
});

Deno.test("over HTTPS the cookie is for HTTPS alone", async () => {
  await withPages(async ({ show }) => {
    const { headers } = await show("sign-in", {
      method: "POST",
      body: new URLSearchParams({ token: API_TOKEN }),
      headers: { "sec-fetch-site": "same-origin", "x-forwarded-proto": "https" },
    });
    assertStringIncludes(headers.getSetCookie()[0], "; Secure");
  }, { protection: protectedBy() });
});

for (const next of ["//evil.example/", "https://evil.example/", "../docs", "javascript:alert(1)"]) {
  Deno.test(`signing in never leads to ${next}`, async () => {
    await withPages(async ({ submit }) => {
      const { headers } = await submit("sign-in", { token: API_TOKEN, next });
      assertEquals(headers.get("location"), "./");
    }, { protection: protectedBy() });
  });
}

Deno.test("a form that another site sends changes nothing", async () => {
  await withPages(async ({ show }) => {
    for (
      const forged of [["sec-fetch-site", "cross-site"], ["origin", "https://evil.example"]]
    ) {
      const { status, html } = await show("sign-in", {
        method: "POST",
        headers: [forged],
        body: new URLSearchParams({ token: API_TOKEN }),
      });
      assertEquals(status, 403);
      assertStringIncludes(html, "didn&#39;t come from a page of this service");
    }
  }, { protection: protectedBy() });
});

Deno.test("pages count in the rate limit, the files that they load don't", async () => {
  await withPages(async ({ show }) => {
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await show("")).status);
    assertEquals(statuses, [200, 200, 429]);
    assertEquals((await show("files/style.css")).status, 200);
  }, { protection: new Protection({ rateLimit: 1 }) });
});

Deno.test("an address without a page says so on a page", async () => {
  await withPages(async ({ show }) => {
    const { status, html } = await show("nowhere");
    assertEquals(status, 404);
    assertStringIncludes(html, "There is no such page.");
  });
});
