import { pairsChart } from "../../../../src/analysis/charts/shop/pairs_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("pairs have their products' names, their sessions and the lift's interval", async () => {
  const pair = { labelA: "runail 1", labelB: "irisk 2", lift: 40, low: 25, high: 60 };
  const { axisTitles, axisLabels, marks } = await draw(pairsChart([
    { ...pair, sessions: 1234 },
    { ...pair, labelA: "3", sessions: 1 },
  ]));
  assertEquals(axisTitles, ["Lift (logarithmic; 1 = by chance)", "Products"]);
  assertEquals(axisLabels.slice(-2), [
    "runail 1 + irisk 2 (1,234 sessions)",
    "3 + irisk 2 (1 session)",
  ]);
  assert(marks.some((mark) => mark.includes("25") && mark.includes("60")), marks.join("\n"));
});
