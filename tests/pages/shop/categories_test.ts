import { textColumn } from "../../../src/interactions/catalogue.ts";
import { topCategories } from "../../../src/pages/shop/categories.ts";
import { Shop } from "../../../src/service/recommend/shop.ts";
import { tinyArtifact, tinyInteractions } from "../../artifact/tiny_shop.ts";
import { assertEquals } from "../../assert.ts";

/** The tiny shop, whose products are bought 5, 8, 2, 8 and 1 times, with other categories. */
async function shopWith(categories: readonly string[]): Promise<Shop> {
  const { catalogue, ...interactions } = tinyInteractions();
  const own = { ...catalogue, categoryCode: textColumn(categories) };
  return new Shop(await tinyArtifact({ interactions: { ...interactions, catalogue: own } }));
}

Deno.test("categories stand in the order of their products' popularity together", async () => {
  const shop = await shopWith(["a.cream", "b.file", "a.cream", "b.brush", "a.cream"]);
  // Brush and file 8 each, in the order of their products; cream 5 + 2 + 1.
  assertEquals(topCategories(shop).map(({ name }) => name), ["Cream", "File", "Brush"]);
  assertEquals(topCategories(shop, { most: 1 }), [{ id: "a.cream", name: "Cream" }]);
});

Deno.test("of categories without a name there are few, so that names stand out", async () => {
  const shop = await shopWith(["11", "22", "a.cream", "33", "44"]);
  assertEquals(
    topCategories(shop, { mostNameless: 2 }).map(({ name }) => name),
    ["Category 22", "Category 33", "Cream"],
  );
  assertEquals(topCategories(shop, { mostNameless: 0 }).length, 1);
});
