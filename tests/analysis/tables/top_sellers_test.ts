import pl from "nodejs-polars";
import { topSellers } from "../../../src/analysis/tables/top_sellers.ts";
import { assertEquals } from "../../assert.ts";
import { productTable } from "./product_table.ts";

const products = productTable({
  product_id: ["1", "2", "3", "4", "5"],
  brand: ["runail", "runail", "irisk", "unknown", "kapous"],
  title: [null, "Top coat", null, null, null],
  sales: [30, 10, 30, 90, 0],
  revenue: [60, 100, 45, 90, 0],
  viewers: [1000, 100, 3, 200, 50],
  buyers: [25, 10, 3, 80, 0],
});

const names = (sellers: { name: string }[]) => sellers.map(({ name }) => name);

Deno.test("products are ranked by sales, ties by name; those never sold are omitted", async () => {
  assertEquals(names(await topSellers(products)), ["4", "1", "3", "2"]);
  assertEquals(names(await topSellers(products, { limit: 2 })), ["4", "1"]);
});

Deno.test("a product's label is its title, else its brand, and its number", async () => {
  const labels = (await topSellers(products)).map(({ label }) => label);
  assertEquals(labels, ["4", "runail 1", "irisk 3", "Top coat (2)"]);
});

Deno.test("products are ranked by revenue", async () => {
  assertEquals(names(await topSellers(products, { by: "revenue" })), ["2", "4", "1", "3"]);
});

Deno.test("a product with few viewers doesn't lead by conversion", async () => {
  // 3 of 3 viewers bought product 3; 80 of 200 product 4, 10 of 100 product 2, 25 of 1000 product
  // 1.
  assertEquals(names(await topSellers(products, { by: "conversion" })), ["4", "2", "1"]);
  assertEquals(names(await topSellers(products, { by: "conversion", minViewers: 0 }))[0], "3");
});

Deno.test("a brand's products count together; products without a brand form none", async () => {
  const brands = await topSellers(products, { of: "brands" });
  assertEquals(names(brands), ["runail", "irisk"]);
  const { conversion, ...runail } = brands[0];
  assertEquals(runail, {
    name: "runail",
    label: "runail",
    products: 2,
    sales: 40,
    revenue: 160,
    viewers: 1100,
  });
  assertEquals(conversion.share, 35 / 1100);
});

Deno.test("without sales, nothing is ranked", async () => {
  assertEquals(await topSellers(products.filter(pl.col("sales").eq(0))), []);
});
