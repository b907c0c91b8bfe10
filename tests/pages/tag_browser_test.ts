/** The tag in a real browser, on a shop's page of another origin with a strict policy. */
import type { Page } from "playwright-core";
import { createHandler } from "../../src/service/handler.ts";
import { atEdge } from "../../src/service/edge.ts";
import { listen } from "../../src/service/listen.ts";
import { Placements } from "../../src/service/placements/definition/placements.ts";
import { placementsFile } from "../../src/service/placements/definition/schema.ts";
import { Protection } from "../../src/service/protection/protection.ts";
import { Exposures } from "../../src/service/exposures/exposures.ts";
import type { EventStore } from "../../src/service/store/event_store.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { textColumn } from "../../src/interactions/catalogue.ts";
import { tinyArtifact, tinyFitted, tinyInteractions } from "../artifact/tiny_shop.ts";
import { assertEquals, assertMatch } from "../assert.ts";
import { browserTests } from "./browser.ts";
import { HOSTILE, serveForBrowser, titledArtifact } from "./browser_shop.ts";

const KEY = "page-key-1";

const browser = await browserTests();

/** The tiny shop; a product has a hostile title, and an address that would run a script. */
async function artifact() {
  const interactions = tinyInteractions();
  const title = textColumn(["Nail file", HOSTILE, "Brush", "Comb", "Towel"]);
  const url = textColumn([
    "https://shop.example.com/nail-file",
    "https://shop.example.com/hand-cream",
    "javascript:alert(1)",
    "https://shop.example.com/comb",
    "https://shop.example.com/towel",
  ]);
  return await tinyArtifact({
    interactions: { ...interactions, catalogue: { ...interactions.catalogue, title, url } },
    complements: tinyFitted(),
  });
}

interface Visit {
  readonly page: Page;
  readonly store: EventStore;
  /** The shop's pages, without a slash at the end. */
  readonly shop: string;
  /** Paths that the page asked the service for. */
  readonly asked: string[];
}

/** Runs a test on a shop's pages of another origin, which load the tag with some attributes. */
function onShopPages(
  name: string,
  { tag, body, exposures: isShownStored = false }: {
    tag: string;
    body: string;
    /** Whether lists have ids. Default no. */
    exposures?: boolean;
  },
  run: (visit: Visit) => Promise<void>,
): void {
  browser.test(name, async () => {
    using store = await openEventStore({ path: ":memory:" });
    await using exposures = isShownStored ? new Exposures(store, { onLost: () => {} }) : undefined;
    const pages = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () =>
        new Response(
          `<!doctype html><html lang="en"><title>Shop</title>
    <script src="${service.url}/tag.js" data-key="${KEY}" ${tag} defer></script>
    <body>${body}</body></html>`,
          {
            headers: {
              "content-type": "text/html; charset=utf-8",
              "content-security-policy": `default-src 'none'; script-src ${service.url}; ` +
                `connect-src ${service.url}; img-src https:; ` +
                "require-trusted-types-for 'script'; trusted-types 'none'",
            },
          },
        ),
    );
    const shop = `http://127.0.0.1:${pages.addr.port}`;
    const corsOrigins = [shop];
    const protection = new Protection({ publicKeys: [KEY], corsOrigins });
    const placements = new Placements(placementsFile.parse({
      placements: { product: { strategy: "together", fallback: [{ strategy: "similar" }] } },
    }));
    const handler = createHandler(await artifact(), {
      ...{ store, protection, placements, exposures, tallyAgeMs: 0 },
    });
    const service = listen(atEdge(handler, { corsOrigins }), {
      ...{ host: "127.0.0.1", port: 0, graceMs: 100 },
    });
    try {
      await browser.visit({}, async (page) => {
        const asked: string[] = [];
        page.on("request", (request) => {
          const { origin, pathname } = new URL(request.url());
          if (origin === service.url) asked.push(pathname);
        });
        await page.goto(`${shop}/`);
        await run({ page, store, shop, asked });
      });
    } finally {
      await pages.shutdown();
      await service.stop();
    }
  });
}

const LIST = `<div id="list" data-recommender="for-you" data-k="3"></div>`;

/** What the page keeps in the browser. */
function kept(page: Page): Promise<{ entries: [string, string][]; cookie: string }> {
  return page.evaluate("({ entries: Object.entries(localStorage), cookie: document.cookie })");
}

/** The products of the list, in order. */
async function shown(page: Page): Promise<string[]> {
  await page.locator("#list .recommender-item").first().waitFor();
  return await page.locator("#list [data-product]").evaluateAll((links) =>
    links.map((link) => link.getAttribute("data-product") ?? "")
  );
}

async function stored(store: EventStore, count: number) {
  for (let i = 0; i < 100; i++) {
    const events = await Array.fromAsync(store.events());
    if (events.length >= count) return events;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The store must have ${count} events within ten seconds`);
}

onShopPages(
  "before consent a list appears, nothing is kept, and nothing is sent to be stored",
  { tag: `data-product="100"`, body: LIST, exposures: true },
  async ({ page, store, asked }) => {
    // Of a visitor who saw 100: 400 scores 3, 300 2 and 200 1.
    assertEquals(await shown(page), ["400", "300", "200"]);
    // Longer than a batch waits.
    await page.waitForTimeout(2500);
    await page.goto("about:blank");
    assertEquals(asked.toSorted(), ["/recommend", "/tag.js"]);
    assertEquals((await Array.fromAsync(store.events())).length, 0);
  },
);

onShopPages(
  "a product that the visitor hides leaves the list, and the others stay",
  { tag: `data-product="100"`, body: LIST },
  async ({ page }) => {
    assertEquals(await shown(page), ["400", "300", "200"]);
    await page.evaluate(`recommender.report("hide", "300", { days: 2 }), recommender.render()`);
    assertEquals(await shown(page), ["400", "200", "500"]);
  },
);

onShopPages(
  "without consent neither storage nor a cookie is used",
  { tag: `data-product="100"`, body: LIST },
  async ({ page }) => {
    await shown(page);
    assertEquals(await kept(page), { entries: [], cookie: "" });
  },
);

onShopPages(
  "with consent, views, carts and purchases arrive under one random id on all pages",
  {
    tag: `data-product="100"`,
    body: `${LIST}<button data-recommender-cart="100">Add to cart</button>`,
  },
  async ({ page, store, shop }) => {
    await page.evaluate("recommender.consent(true)");
    await page.getByRole("button").click();
    const first = await stored(store, 2);
    assertEquals(first.map(({ productId, type }) => [productId, type]), [
      ["100", "view"],
      ["100", "cart"],
    ]);
    assertMatch(first[0].userId, /^anon-[0-9a-f]{32}$/);
    const { entries, cookie } = await kept(page);
    assertEquals([entries, cookie], [[["recommender-visitor", first[0].userId]], ""]);
    // Consent lasts: the next page sends by itself, and a batch is sent when it is left.
    await page.goto(`${shop}/thanks`);
    await page.evaluate(`recommender.purchase(["100", "200"], { price: 5 })`);
    await page.goto("about:blank");
    const all = await stored(store, 5);
    const [view, ...purchases] = all.slice(2);
    assertEquals([view.productId, view.type], ["100", "view"]);
    // Both of one time.
    assertEquals(
      purchases.map(({ productId, type, price }) => [productId, type, price]).toSorted(),
      [
        ["100", "purchase", 5],
        ["200", "purchase", 5],
      ],
    );
    assertEquals(new Set(all.map(({ userId }) => userId)).size, 1);
  },
);

onShopPages(
  "a withdrawn consent removes the id, and nothing more is sent",
  { tag: `data-consent="on"`, body: LIST },
  async ({ page, store }) => {
    assertEquals((await kept(page)).entries.length, 1);
    await page.evaluate(`recommender.view("300"); recommender.consent(false)`);
    await page.evaluate(`recommender.view("400")`);
    await page.waitForTimeout(2500);
    assertEquals((await kept(page)).entries, []);
    assertEquals((await Array.fromAsync(store.events())).length, 0);
  },
);

/** The tag with consent, and a list far below what is in view. */
const BELOW = {
  ...{ tag: `data-consent="on"`, exposures: true },
  body: "<br>".repeat(200) +
    LIST.replace("for-you", "similar").replace("k=", `product="100" data-k=`),
};

/** The lists that are stored as seen, once the first has so many products. */
async function seen(store: EventStore, products: number) {
  for (let i = 0; i < 100; i++) {
    const exposures = await Array.fromAsync(store.exposures());
    if (exposures[0]?.productIds.length === products) return exposures;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The store must have an exposure of ${products} products within ten seconds`);
}

onShopPages(
  "what comes into view is reported, and nothing else",
  BELOW,
  async ({ page, store }) => {
    const products = await shown(page);
    await page.waitForTimeout(2500);
    assertEquals(await Array.fromAsync(store.exposures()), []);
    const items = page.locator(".recommender-item");
    const endAt = (place: number) =>
      items.nth(place - 1).evaluate((item) => item.scrollIntoView({ block: "end" }));
    await endAt(2);
    const [{ productIds, positions, userId, model }, ...more] = await seen(store, 2);
    assertEquals([productIds, positions], [products.slice(0, 2), [1, 2]]);
    assertEquals((await kept(page)).entries, [["recommender-visitor", userId]]);
    assertEquals([model, more], ["affinity", []]);
    await endAt(3);
    const [all, ...others] = await seen(store, 3);
    assertEquals([all.productIds, all.positions, others], [products, [1, 2, 3], []]);
  },
);

onShopPages("without an IntersectionObserver a list counts as seen", BELOW, async (visit) => {
  const { page, store } = visit;
  await page.addInitScript("delete globalThis.IntersectionObserver");
  await page.reload();
  const products = await shown(page);
  assertEquals((await seen(store, 3))[0].productIds, products);
});

onShopPages(
  "events of a product that was chosen from a list name it, on other pages as well",
  { ...BELOW, body: LIST.replace("for-you", `together" data-product="100`) },
  async ({ page, store, shop }) => {
    assertEquals(await shown(page), ["200", "300", "400"]);
    // Its address isn't one, so the page stays.
    await page.locator(`#list [data-product="300"]`).click();
    await page.evaluate(`recommender.view("300"); recommender.cart("200")`);
    const [{ listId }] = await seen(store, 3);
    await page.goto(`${shop}/cart`);
    await page.evaluate(`recommender.purchase(["300", "200"])`);
    await page.goto("about:blank");
    const events = await stored(store, 4);
    assertEquals(
      events.map((event) => [event.type, event.productId, event.listId]).toSorted(),
      [
        ["cart", "200", undefined],
        ["purchase", "200", undefined],
        ["purchase", "300", listId],
        ["view", "300", listId],
      ],
    );
    await page.goto(`${shop}/`);
    assertEquals((await kept(page)).entries.length, 2);
    await page.evaluate("recommender.consent(false)");
    assertEquals((await kept(page)).entries, []);
  },
);

onShopPages(
  "titles are text and only addresses of the web are links",
  { tag: `data-product="100"`, body: LIST.replace("for-you", "together") },
  async ({ page }) => {
    assertEquals(await shown(page), ["200", "300", "400"]);
    assertEquals(await page.locator("#list .recommender-title").first().textContent(), HOSTILE);
    assertEquals(await page.evaluate("window.hacked"), undefined);
    const links = await page.locator("#list a").evaluateAll((all) =>
      all.map((link) => link.getAttribute("href"))
    );
    assertEquals(links, [
      "https://shop.example.com/hand-cream",
      "https://shop.example.com/comb",
    ]);
  },
);

for (const consent of ["off", "on"]) {
  onShopPages(
    `a placement is shown with consent ${consent}, for the product of the page`,
    {
      tag: `data-product="200" data-consent="${consent}"`,
      body: `<div id="list" data-placement="product" data-k="2"></div>`,
    },
    async ({ page, asked }) => {
      assertEquals(await shown(page), ["100", "300"]);
      assertEquals(asked.includes("/placements/product"), true);
    },
  );
}

browser.test("in the demo of a shop the tag reports and shows a placement", async () => {
  await using shop = await serveForBrowser(await titledArtifact());
  const { store } = shop;
  await browser.visit({ baseURL: shop.url }, async (page) => {
    await page.goto("shop");
    await page.getByRole("link", { name: "With the tag" }).click();
    await page.goto("shop/tag?product=100");
    const names = () => page.locator("#tag-list .recommender-title").allInnerTexts();
    await page.locator("#tag-list a").first().waitFor();
    const before = await names();
    await page.getByRole("button", { name: "Add to cart" }).click();
    // Longer than a batch waits.
    await page.waitForTimeout(2500);
    assertEquals((await Array.fromAsync(store.events())).length, 0);

    await page.getByRole("button", { name: "Agree" }).click();
    await page.getByRole("button", { name: "Buy" }).click();
    const events = await stored(store, 3);
    assertEquals(events.map(({ productId, type, price }) => [productId, type, price]), [
      ["100", "view", undefined],
      ["100", "cart", undefined],
      ["100", "purchase", 5.24],
    ]);
    const [{ userId }] = events;
    assertMatch(userId, /^anon-[0-9a-f]{32}$/);
    assertEquals(new Set(events.map((event) => event.userId)), new Set([userId]));

    // A product of the list leads to its own page, and the list there is the buyer's.
    await page.locator("#tag-list a").first().click();
    await page.waitForURL(/product=(?!100)/);
    await page.locator("#tag-list a").first().waitFor();
    assertEquals((await stored(store, 4))[3].type, "view");
    assertEquals((await names()).join() === before.join(), false);
    await page.getByRole("link", { name: userId }).click();
    await page.getByRole("heading", { name: `User ${userId}` }).waitFor();
    assertEquals(
      (await page.locator(".event .what").allInnerTexts()).map((text) => text.split(" ")[0]),
      ["viewed", "bought", "added", "viewed"],
    );
    await page.goto("shop/tag?product=100");
    await page.getByRole("button", { name: "Withdraw" }).click();
    await page.getByText("You are nobody.").waitFor();
  });
});

onShopPages(
  "a page whose list can't be made stays as it is",
  { tag: "", body: `<div id="list" data-recommender="similar" data-product="none">Our best</div>` },
  async ({ page }) => {
    await page.evaluate("recommender.render()");
    assertEquals(await page.locator("#list").textContent(), "Our best");
  },
);
