import { lorenzChart } from "../../../../src/analysis/charts/shop/lorenz_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("each curve is named with its Gini coefficient", async () => {
  const { axisTitles, texts } = await draw(lorenzChart([
    { name: "views", gini: .6249, curve: [{ products: 0, events: 0 }, { products: 1, events: 1 }] },
    { name: "sales", gini: .7, curve: [{ products: 0, events: 0 }, { products: 1, events: 1 }] },
  ]));
  assertEquals(axisTitles, ["Share of products", "Share of events"]);
  assert(texts.includes("views (Gini 0.62)") && texts.includes("sales (Gini 0.70)"));
});

Deno.test("events that never happen have no curve", async () => {
  const curve = [{ products: 0, events: 0 }, { products: 1, events: 1 }];
  const { texts } = await draw(lorenzChart([
    { name: "views", gini: .5, curve },
    { name: "sales", gini: NaN, curve: [{ products: 0, events: NaN }] },
  ]));
  assertEquals(texts.filter((text) => text.includes("Gini")), ["views (Gini 0.50)"]);
});
