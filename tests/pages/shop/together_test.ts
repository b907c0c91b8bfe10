import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { withPages } from "../page_shop.ts";

/** The products below the title, by the links to them. */
function linksBelow(title: string, html: string): string[] {
  const [, below = ""] = html.split(`${title}</h2>`);
  const section = below.split("</section>")[0];
  return [...section.matchAll(/href="shop\/products\/(\w+)"/g)].map(([, id]) => id);
}

Deno.test("a product's page shows what goes with it, without its alternatives", () =>
  withPages(async ({ show }) => {
    const { html } = await show("shop/products/200");
    assertEquals(linksBelow("Goes together", html), ["100", "300"]);
  }));

Deno.test("the cart shows what goes with all of it, and nothing while it is empty", () =>
  withPages(async ({ show, submit }) => {
    const { headers } = await submit("shop/events", { productId: "100", type: "cart" });
    const cookie = headers.get("set-cookie")!.split(";")[0];
    const { html } = await show("shop/cart", { headers: { cookie } });
    assertEquals(linksBelow("Goes together", html), ["200", "300", "400"]);
    assertEquals((await show("shop/cart")).html.includes("Goes together"), false);
  }));

Deno.test("without a table the pages are as before", async () => {
  const artifact = await tinyArtifact({ complements: { absent: "there are few baskets" } });
  await withPages(async ({ show }) => {
    const { status, html } = await show("shop/products/200");
    assertEquals([status, html.includes("Goes together")], [200, false]);
    assertStringIncludes(html, "Similar products");
  }, { artifact });
});
