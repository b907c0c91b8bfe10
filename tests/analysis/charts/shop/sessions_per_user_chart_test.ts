import { sessionsPerUserChart } from "../../../../src/analysis/charts/shop/sessions_per_user_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("bins are named by their range of sessions", async () => {
  const { axisTitles, axisLabels, texts } = await draw(sessionsPerUserChart([
    { from: 1, to: 1, share: .66 },
    { from: 2, to: 100, share: .3399 },
    { from: 101, to: Infinity, share: .0001 },
  ]));
  assertEquals(axisTitles, ["Sessions", "Share of users"]);
  assertEquals(axisLabels.slice(0, 3), ["1", "2–100", "101+"]);
  assert(texts.includes("66%") && texts.includes("34%") && texts.includes("0.01%"));
});
