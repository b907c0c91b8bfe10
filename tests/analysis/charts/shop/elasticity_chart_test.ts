import { elasticityChart } from "../../../../src/analysis/charts/shop/elasticity_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

const brands = [
  { brand: "runail", elasticity: .2, low: 0, high: .4, buyers: 500 },
  { brand: "few", elasticity: -3, low: -9, high: 3, buyers: 30 },
  { brand: "irisk", elasticity: -.8, low: -1, high: -.6, buyers: 400 },
];

Deno.test("the brands with the most buyers are shown, the most negative first", async () => {
  const { title, axisTitles, axisLabels } = await draw(elasticityChart(brands, { limit: 2 }));
  assertEquals(title, "Price elasticity of conversion by brand");
  assertEquals(axisTitles, ["Elasticity (% per %)", "Brand"]);
  assertEquals(axisLabels.slice(-2), ["irisk", "runail"]);
});

Deno.test("the pooled elasticity is a separate line", async () => {
  const { texts } = await draw(elasticityChart(brands, { pooled: -.523 }));
  assert(texts.includes("all brands: −0.52"));
  assert(texts.includes("no effect of price"));
});
