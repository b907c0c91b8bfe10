/** The pages in a real browser. */
import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { API_TOKEN, AUTHORIZED, protectedBy } from "../service/live_shop.ts";
import { browserTests, type Complaints } from "./browser.ts";
import { HOSTILE, RIGHT_TO_LEFT, serveForBrowser, titledArtifact } from "./browser_shop.ts";

const browser = await browserTests();
const artifact = browser.areIgnored ? undefined : await titledArtifact();

/** Every page that needs no token on this machine, by its place. */
const PLACES = [
  ...["", "users", "users/ann", "users/ann?model=affinity&model=popularity", "users/nobody"],
  ...["products", "products/100", "products/300", "products/none", "models", "sign-in", "nowhere"],
  ...["placements", "placements/home", "placements/home?userId=ann&productId=100"],
  ...["segments/known", "segments/none"],
  ...["experiments", "experiments/models", "experiments/planned", "experiments/none"],
  ...["shop", "shop/products/100", "shop/categories/22", "shop/cart", "shop/tag?product=100"],
];

/** Runs a test in a browser that shows the pages of the titled shop. */
function inBrowser(
  name: string,
  run: (page: Page, complaints: Complaints) => Promise<void>,
  { hasToken = false, hasExperiments = false, ...look }:
    & BrowserContextOptions
    & { hasToken?: boolean; hasExperiments?: boolean } = {},
): void {
  browser.test(name, async () => {
    await using shop = await serveForBrowser(artifact!, {
      protection: hasToken ? protectedBy() : undefined,
      hasExperiments,
    });
    await browser.visit({ baseURL: shop.url, ...look }, run);
  });
}

inBrowser(
  "a user's history stands beside the lists of two models, what they share is marked",
  async (page) => {
    await page.goto("users");
    await page.getByRole("link", { name: "ann", exact: true }).click();
    await page.getByRole("heading", { name: "User ann" }).waitFor();
    assertEquals(await page.locator(".event .what").allInnerTexts(), [
      "bought 00:01",
      "viewed 00:00",
    ]);
    assertEquals(await page.locator(".column h3").allInnerTexts(), ["affinity"]);
    await page.getByLabel("Second model").selectOption("popularity");
    await page.getByRole("article", { name: "List by popularity" }).waitFor();
    assertStringIncludes(page.url(), "model=affinity&model=popularity");
    const shared = await page.locator(".shared .mark").allInnerTexts();
    assertEquals(new Set(shared), new Set(["also in popularity", "also in affinity"]));
  },
);

inBrowser("a list says why, and its request can be copied", async (page) => {
  await page.goto("users/ann");
  // Product 400 gets 4 · 1 for the purchase of 200, and 1 · 3 for the view of 100.
  const second = page.locator(".column .list > li").nth(1);
  assertEquals(await second.locator(".reason").innerText(), "because you bought Hand cream");
  await second.locator("summary").click();
  assertEquals(await second.locator(".bars th").allInnerTexts(), [
    "you bought Hand cream",
    "you viewed Nail file",
  ]);
  const command = await page.locator(".curl code").innerText();
  assertStringIncludes(command, "/recommend/ann?model=affinity&explain=true'");
  assertStringIncludes(command, `-H "authorization: Bearer $API_TOKENS"`);
});

inBrowser("a click in the shop is an event that changes the row", async (page) => {
  await page.goto("shop");
  const before = await page.locator("#for-you .card .name").allInnerTexts();
  await page.locator("#for-you .card a", { hasText: "Nail file" }).click();
  await page.getByText("You viewed Nail file").waitFor();
  const after = await page.locator("#for-you .card .name").allInnerTexts();
  assert(before.includes("Nail file") && !after.includes("Nail file"), after.join());
  assert(after.join() !== before.join());
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("link", { name: "Cart (1)" }).click();
  assertEquals(await page.locator(".list .name").innerText(), "Nail file");
  await page.getByRole("button", { name: "Buy" }).click();
  await page.getByText("Thank you! The purchase counts from now on.").waitFor();
  await page.goto("shop");
  assertEquals(
    (await page.locator(".drawer li").allInnerTexts()).map((text) => text.slice(9)),
    ["bought Nail file", "added to cart Nail file", "viewed Nail file"],
  );
});

inBrowser(
  "a placement shows its steps, its rules and whom it has another list for",
  async (page) => {
    await page.goto("");
    await page.getByRole("link", { name: "Placements" }).click();
    await page.getByRole("link", { name: "home", exact: true }).click();
    await page.getByLabel("User id").fill("nobody");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText("Steps asked: strategy personal, model affinity; then strategy popular")
      .waitFor();
    assertEquals(await page.getByLabel("Rules in effect").locator("li").allInnerTexts(), [
      "few (cap): met",
      "arrivals (newArrivals): not met, 0 of 5 places have new arrivals",
    ]);
    // ann has bought something.
    await page.getByLabel("User id").fill("ann");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText("The user's variant is page.").waitFor();
  },
);

inBrowser("rules are shown with what nobody knows, and are deleted", async (page) => {
  await page.goto("sign-in?next=placements");
  await page.getByLabel("Token").fill(API_TOKEN);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("PUT /rules/NAME").waitFor();
  const { origin } = new URL(page.url());
  await page.request.put(`${origin}/rules/campaign`, {
    headers: AUTHORIZED,
    data: { boost: { factor: 2, brand: ["irisk", "none"] }, until: "2099-01-01" },
  });
  await page.reload();
  const rule = page.locator("li", { hasText: "campaign" });
  await rule.getByText("until 2099-01-01T00:00:00.000Z, boost (factor 2, brand irisk or none)")
    .waitFor();
  await rule.getByText('there is no brand "none"').waitFor();
  await page.getByRole("button", { name: "Delete rule campaign" }).click();
  await page.getByText("PUT /rules/NAME").waitFor();
}, { hasToken: true });

inBrowser("a segment leads to its users", async (page) => {
  await page.goto("placements");
  await page.getByRole("link", { name: "known", exact: true }).click();
  assertEquals(await page.locator("main li a").allInnerTexts(), ["ann"]);
  await page.getByRole("link", { name: "ann" }).click();
  await page.getByRole("heading", { name: "User ann" }).waitFor();
});

inBrowser("an experiment says what is certain, and is stopped", async (page) => {
  await page.goto("sign-in?next=experiments");
  await page.getByLabel("Token").fill(API_TOKEN);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("li", { hasText: "models: running, without an end" }).getByRole("link")
    .click();
  const card = page.locator(".spark", { hasText: "Lists that are clicked" });
  assertEquals(await card.locator(".figure").innerText(), "+30 points");
  await card.getByText("Its lists are clicked more: certain.").waitFor();
  // The interval begins right of zero, which is in the middle of 240.
  assert(Number(await card.locator("rect").getAttribute("x")) > 120);
  await page.getByRole("button", { name: "Stop the experiment" }).click();
  await page.getByText("all users; stopped at").waitFor();
  assertEquals(await page.getByRole("button", { name: "Stop the experiment" }).count(), 0);
  await card.getByText("Its lists are clicked more: certain.").waitFor();
}, { hasToken: true, hasExperiments: true });

inBrowser("signing in takes a token of the service, and shows what was wanted", async (page) => {
  await page.goto("users/ann");
  await page.getByLabel("Token").fill("not-one-of-the-tokens");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("The service doesn't know this token.").waitFor();
  await page.getByLabel("Token").fill(API_TOKEN);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "User ann" }).waitFor();
  assertEquals(await page.evaluate("document.cookie"), "");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto("users/ann");
  await page.getByLabel("Token").waitFor();
}, { hasToken: true });

inBrowser("a product that is out of stock is gone from the lists", async (page) => {
  await page.goto("sign-in?next=products/300");
  await page.getByLabel("Token").fill(API_TOKEN);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Title").fill("Face cream");
  await page.getByLabel("Price").fill("7.5");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Face cream" }).waitFor();
  assertStringIncludes(await page.locator(".facts").innerText(), "7.50");
  await page.goto("users/ann");
  const names = () => page.locator(".column .name").allInnerTexts();
  assert((await names()).includes("Face cream"));
  await page.goto("products/300");
  await page.getByLabel("Stock").selectOption("out of stock");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("out of stock, so never recommended").waitFor();
  await page.goto("users/ann");
  assertEquals((await names()).includes("Face cream"), false);
}, { hasToken: true });

inBrowser("a price that breaks the API's rule is refused in its words", async (page) => {
  await page.goto("sign-in?next=products/300");
  await page.getByLabel("Token").fill(API_TOKEN);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Price").fill("cheap");
  await page.getByRole("button", { name: "Save" }).click();
  const problem = await page.getByRole("alert").innerText();
  assertEquals(problem, 'Parameter "price" must be a number from 0 to 1000000000, got "cheap"');
}, { hasToken: true });

inBrowser("hostile titles are shown as text", async (page) => {
  for (const place of ["products", "users/ann", "products/300", "shop", "shop/products/300"]) {
    await page.goto(place);
    assertEquals(await page.evaluate("window.hacked"), undefined, place);
  }
  await page.goto("products/300");
  assertEquals(await page.getByRole("heading", { level: 1 }).innerText(), HOSTILE);
  await page.goto("products/500");
  assertEquals(await page.locator("h1 bdi").innerText(), RIGHT_TO_LEFT);
  await page.goto("products?query=xxx");
  assert((await page.locator(".name").boundingBox())!.height < 100, "a long title is cut off");
});

/** Waits until there are charts and all of them are drawn, as wide as they stay. */
async function chartsDrawn(page: Page): Promise<void> {
  // Not by a function that is evaluated again and again, which the policy of the pages forbids.
  await page.locator("figure.chart").first().waitFor({ state: "attached" });
  const unfinished = "figure.chart:not(:has(canvas)), figure.chart[aria-busy]";
  await page.locator(unfinished).first().waitFor({ state: "detached" });
}

inBrowser("charts are drawn although the policy forbids eval", async (page) => {
  await page.goto("models");
  await chartsDrawn(page);
  const charts = await page.locator("figure.chart").count();
  assert(charts >= 4);
  assertEquals(await page.locator(".drawing canvas").count(), charts);
  assertEquals(await page.getByLabel("Models compared").count(), 1);
});

inBrowser("charts fit a phone: panels stand below each other, and titles wrap", async (page) => {
  await page.goto("models");
  await chartsDrawn(page);
  const tooWide = await page.locator("figure.chart").evaluateAll((figures) =>
    figures.filter((figure) => figure.scrollWidth > figure.clientWidth)
      .map((figure) => figure.querySelector(".drawing")?.getAttribute("aria-label"))
  );
  assertEquals(tooWide, []);
}, { viewport: { width: 360, height: 800 } });

inBrowser("the figures of the last minutes come by themselves", async (page) => {
  await page.goto("");
  await page.getByText("has just begun to collect").waitFor();
  await page.getByRole("heading", { name: "Requests" }).waitFor({ timeout: 20_000 });
});

inBrowser("a keyboard reaches the content first, then everything else", async (page) => {
  await page.goto("products");
  await page.keyboard.press("Tab");
  assertEquals(await page.evaluate("document.activeElement.textContent"), "Skip to the content");
  await page.keyboard.press("Enter");
  assertEquals(await page.evaluate("document.activeElement.id"), "main");
  await page.keyboard.press("Tab");
  assertEquals(await page.evaluate("document.activeElement.id"), "query");
});

for (const colorScheme of ["light", "dark"] as const) {
  inBrowser(`axe-core finds nothing to object to, ${colorScheme}`, async (page) => {
    for (const place of PLACES) {
      await page.goto(place);
      await page.waitForLoadState("networkidle");
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
      assertEquals(found, [], `pages/${place}`);
    }
  }, { colorScheme, hasExperiments: true });
}

for (const width of [360, 768, 1600]) {
  inBrowser(`no page is wider than ${width} pixels`, async (page) => {
    for (const place of PLACES) {
      await page.goto(place);
      await page.waitForLoadState("networkidle");
      assertEquals(await page.evaluate("document.documentElement.scrollWidth"), width, place);
    }
  }, { viewport: { width, height: 800 }, hasExperiments: true });
}

inBrowser("pages work without scripts", async (page) => {
  await page.goto("users/ann");
  await page.getByLabel("Second model").selectOption("popularity");
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByRole("article", { name: "List by popularity" }).waitFor();
  await page.goto("shop/products/100");
  await page.getByRole("button", { name: "Add to cart" }).click();
  assertEquals(await page.locator(".list .name").innerText(), "Nail file");
}, { javaScriptEnabled: false });
