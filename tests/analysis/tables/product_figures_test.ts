import { productFigures } from "../../../src/analysis/tables/product_figures.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../../events/cleaned_events.ts";

Deno.test("each product has its brand and category, counts, and viewers who bought", async () => {
  const products = await productFigures(cleanedEvents([
    { at: "2019-10-01 10:00:00", type: "view", user: 1, product: 10, price: 4 },
    { at: "2019-10-01 10:01:00", type: "view", user: 1, product: 10, price: 4 },
    { at: "2019-10-01 10:02:00", type: "view", user: 2, product: 10, price: 0, brand: "runail" },
    { at: "2019-10-01 10:03:00", type: "cart", user: 2, product: 10, price: 5 },
    { at: "2019-10-01 10:04:00", type: "purchase", user: 2, product: 10, price: 5 },
    { at: "2019-10-01 10:05:00", type: "purchase", user: 2, product: 10, price: 6 },
    // Bought without a view: a sale, but its buyer isn't a viewer.
    { at: "2019-10-01 10:06:00", type: "purchase", user: 3, product: 10, price: 6 },
    {
      at: "2019-10-02 10:00:00",
      type: "remove_from_cart",
      user: 3,
      product: 9,
      price: 0,
      category: 77,
    },
    { at: "2019-10-03 10:00:00", type: "view", user: 3, product: 11, path: "nail.polish" },
  ]));
  assertEquals(products.toRecords() as unknown[], [
    {
      product_id: "9",
      brand: "unknown",
      category: "77",
      title: null,
      price: null,
      views: 0,
      carts: 0,
      sales: 0,
      revenue: 0,
      viewers: 0,
      buyers: 0,
    },
    {
      product_id: "10",
      brand: "runail",
      category: "1",
      title: null,
      price: 5, // of 4 4 5 5 6 6
      views: 3,
      carts: 1,
      sales: 3,
      revenue: 17,
      viewers: 2,
      buyers: 1,
    },
    {
      product_id: "11",
      brand: "unknown",
      category: "nail.polish",
      title: null,
      price: 1,
      views: 1,
      carts: 0,
      sales: 0,
      revenue: 0,
      viewers: 1,
      buyers: 0,
    },
  ]);
});
