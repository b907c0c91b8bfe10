import { pairsChart } from "../../../../src/analysis/charts/shop/pairs_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("pairs are named by brand and number and labelled with their sessions", async () => {
  const { axisTitles, axisLabels, texts } = await draw(pairsChart([
    { productA: "1", brandA: "runail", productB: "2", brandB: "irisk", sessions: 1234, lift: 40 },
  ]));
  assertEquals(axisTitles, ["Lift (1 = by chance)", "Products (brand and number)"]);
  assertEquals(axisLabels.at(-1), "runail 1 + irisk 2");
  assert(texts.includes("1,234 sessions"));
});
