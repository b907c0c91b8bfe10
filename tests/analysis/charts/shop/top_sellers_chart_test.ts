import { topSellersChart } from "../../../../src/analysis/charts/shop/top_sellers_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

const seller = {
  label: "runail 5809910",
  sales: 1234,
  revenue: 5678.9,
  conversion: { share: .3, low: .25, high: .36 },
};

Deno.test("products have their own names", async () => {
  const { title, axisTitles, axisLabels, texts } = await draw(
    topSellersChart([seller], { of: "products", by: "sales" }),
  );
  assertEquals(title, "Top products by sales");
  assertEquals(axisTitles, ["Purchases", "Product"]);
  assertEquals(axisLabels.at(-1), "runail 5809910");
  assert(texts.includes("1,234"));
});

Deno.test("brands can be ranked by revenue or conversion too", async () => {
  const brand = { ...seller, label: "runail" };
  const byRevenue = await draw(topSellersChart([brand], { of: "brands", by: "revenue" }));
  assert(byRevenue.texts.includes("5,679"));
  const byConversion = await draw(topSellersChart([brand], { of: "brands", by: "conversion" }));
  assert(byConversion.texts.includes("30%"));
  assert(byConversion.marks.some((mark) => mark.includes("25%") && mark.includes("0.36")));
});
