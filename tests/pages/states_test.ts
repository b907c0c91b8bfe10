/** Pages where something is missing, or fails. */
import { createPages } from "../../src/pages/mod.ts";
import { createHandler } from "../../src/service/handler.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { smallManifest } from "../analysis/report/small_report.ts";
import { textColumn } from "../../src/interactions/catalogue.ts";
import {
  tinyAlgorithms,
  tinyArtifact,
  tinyContents,
  tinyInteractions,
} from "../artifact/tiny_shop.ts";
import { rangeServer } from "../histories/range_server.ts";
import { withFolder } from "../temp_folder.ts";
import { loadArtifact } from "../../src/artifact/load.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { withPages } from "./page_shop.ts";
import { titledArtifact } from "./browser_shop.ts";

Deno.test("an artifact without figures says so, and what to do", async () => {
  const artifact = await tinyArtifact({ unmeasured: "Nobody came back. Use more days." });
  await withPages(async ({ show }) => {
    for (const place of ["", "models"]) {
      const { status, html } = await show(place);
      assertEquals(status, 200);
      assertStringIncludes(html, "Nobody came back. Use more days.");
      assertEquals(html.includes("files/vega.js"), false);
    }
  }, { artifact });
});

Deno.test("measured figures are told for people, beside NDCG with its interval", async () => {
  await withPages(async ({ show }) => {
    const { html } = await show("");
    assertStringIncludes(html, "users who came back,");
    assertStringIncludes(html, "NDCG@5, new products");
    const { evaluation } = await smallManifest("affinity");
    const [row] = evaluation.filter(({ window, task, model }) =>
      window === "test" && task === "new" && model === "affinity"
    );
    assertStringIncludes(html, Number(row.ndcg).toFixed(4));
  }, { artifact: await titledArtifact() });
});

Deno.test("an unknown user has no events, and gets popular products", async () => {
  await withPages(async ({ show }) => {
    const { status, html } = await show("users/nobody");
    assertEquals(status, 200);
    assertStringIncludes(html, "Nothing is known about this user.");
    assertStringIncludes(html, "popular products, since nothing usable is known about the user");
    assertEquals((await show(`users/${"x".repeat(257)}`)).status, 404);
  });
});

Deno.test("popular products that were asked for say nothing of the user", async () => {
  await withPages(async ({ show }) => {
    const { html } = await show("users/ann?model=popularity");
    assertStringIncludes(html, ">popular products<");
    assert(!html.includes("nothing usable is known"));
  });
});

Deno.test("a parameter that breaks a rule is refused in the API's words", async () => {
  await withPages(async ({ show }) => {
    const { status, html } = await show("users/ann?k=1001");
    assertEquals(status, 200);
    assertStringIncludes(html, "must be a whole number from 1 to 1000, got &quot;1001&quot;");
    assertStringIncludes(html, "bought");
  });
});

Deno.test("a forgotten user is neither found nor an example any more", async () => {
  await withPages(async ({ show, store }) => {
    for (const place of ["users", "users?query=ann"]) {
      assertStringIncludes((await show(place)).html, '<a href="users/ann">');
    }
    await store.forget("ann");
    assert(!(await show("users")).html.includes("users/ann"));
    const { html } = await show("users?query=ann");
    assertStringIncludes(html, "No user of the artifact has this id.");
    assert(!html.includes("Users found"));
  });
});

Deno.test("an unknown product is not found", async () => {
  await withPages(async ({ show }) => {
    const { status, html } = await show("products/none");
    assertEquals(status, 404);
    assertStringIncludes(html, "No product has this id");
  });
});

Deno.test("filters that no product passes give an empty list, not an error", async () => {
  await withPages(async ({ show }) => {
    assertStringIncludes(
      (await show("users/ann?brand=none")).html,
      "No product passes these filters",
    );
    assertStringIncludes((await show("products?query=none")).html, "No product matches.");
  });
});

Deno.test("if the store is down, lists are shown and nothing can be stored", async () => {
  const store = await openEventStore({ path: ":memory:" });
  const handler = createHandler(await tinyArtifact(), {
    store,
    pages: createPages({ host: "127.0.0.1", source: "", mode: "on" }),
  });
  store[Symbol.dispose]();
  const error = console.error;
  console.error = () => {};
  try {
    const ask = async (place: string, init?: RequestInit) => {
      const answer = await handler(new Request(`http://localhost/pages/${place}`, init));
      return { status: answer.status, html: await answer.text() };
    };
    const user = await ask("users/ann");
    assertEquals(user.status, 200);
    assertStringIncludes(user.html, "List by affinity");
    assertEquals((await ask("products/100")).status, 200);
    const { status, html } = await ask("shop/events", {
      method: "POST",
      body: new URLSearchParams({ productId: "100", type: "view" }),
      headers: { "sec-fetch-site": "same-origin" },
    });
    assertEquals(status, 503);
    assertStringIncludes(html, "The event store is unavailable and has acknowledged nothing");
  } finally {
    console.error = error;
  }
});

Deno.test("the demo of a shop isn't there on other addresses, unless it is asked for", async () => {
  await withPages(async ({ show }) => {
    assertEquals((await show("shop")).status, 404);
    assertEquals((await show("")).html.includes('href="shop"'), false);
  }, { host: "0.0.0.0" });
  await withPages(async ({ show }) => assertEquals((await show("shop")).status, 401), {
    host: "0.0.0.0",
    mode: "shop",
  });
});

Deno.test("the shop's own pictures and pages are shown if they are safe to follow", async () => {
  await withPages(async ({ store, show }) => {
    await store.changeProduct("100", {
      imageUrl: "https://shop.test/1.png?a=1&b=2",
      url: "https://shop.test/1",
    });
    await store.changeProduct("300", { imageUrl: "http://shop.test/3.png" });
    const own = (await show("products/100")).html;
    assertStringIncludes(own, '<img class="picture" src="https://shop.test/1.png?a=1&amp;b=2"');
    assertStringIncludes(
      own,
      '<a href="https://shop.test/1" rel="noreferrer">View in the shop</a>',
    );
    assertStringIncludes((await show("products/300")).html, '<svg class="picture"');
  });
  const { catalogue, ...interactions } = tinyInteractions();
  const url = textColumn(["javascript:alert(1)", "", "", "", ""]);
  const artifact = await tinyArtifact({
    interactions: { ...interactions, catalogue: { ...catalogue, url } },
  });
  await withPages(async ({ show }) => {
    assertEquals((await show("products/100")).html.includes("javascript:"), false);
  }, { artifact });
});

Deno.test("of a long history, the newest events are shown, the others on demand", async () => {
  await withPages(async ({ store, show }) => {
    const time = Date.parse("2019-11-03T00:00:00Z");
    await store.append(Array.from({ length: 13 }, (_, i) => ({
      userId: "long",
      productId: "100",
      type: "view",
      time: time + i * 60_000,
    } as const)));
    const { html } = await show("users/long");
    const [open, older] = html.split("<details");
    assertStringIncludes(html, "13 events; times are in UTC");
    assertEquals([open, older].map((part) => part.split('class="event view"').length - 1), [12, 1]);
    assertStringIncludes(older, "1 older event<");
  });
});

Deno.test("while histories apart can't be read pages say so, and work again once they can", () =>
  withFolder(async (folder) => {
    await saveArtifact(folder, tinyContents({ histories: "apart" }));
    await using server = rangeServer(`${folder}/histories`);
    const artifact = await loadArtifact(folder, {
      algorithms: tinyAlgorithms,
      histories: { place: server.url, cacheBytes: 0 },
    });
    await withPages(async ({ show }) => {
      assertStringIncludes((await show("users?query=bob")).html, "finds whole ids alone");
      server.answer = () => new Response("gone", { status: 503 });
      for (const place of ["users", "users?query=bob", "users/bob", "products/100/reach"]) {
        const { status, html } = await show(place);
        assertEquals(status, 503, place);
        assertStringIncludes(html, "What users did until training can&#39;t be read now");
      }
      server.answer = undefined;
      for (const place of ["users", "users?query=bob", "users/bob", "products/100/reach"]) {
        assertEquals((await show(place)).status, 200, place);
      }
    }, { artifact });
  }));
