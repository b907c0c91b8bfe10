import { onlineRows } from "../../../src/pages/experiments/online.tsx";
import { readMetrics } from "../../../src/pages/figures/metrics_text.ts";
import { OnlineMetrics } from "../../../src/service/observability/online_metrics.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("what came of lists is summed over arms, the placement shown most first", () => {
  const metrics = new OnlineMetrics();
  const lists = [
    { model: "als", shown: 1 },
    { placement: "home", model: "als", experiment: "x", arm: "a", shown: 2, clicks: 1 },
    { placement: "home", model: "als", experiment: "x", arm: "b", shown: 3, revenue: 4.5 },
  ];
  for (const { shown, clicks = 0, revenue = 0, ...labels } of lists) {
    const series = metrics.of(labels);
    series.impressions.value += shown;
    series.view.value += clicks;
    series.revenue.value += revenue;
  }
  assertEquals(onlineRows(readMetrics(metrics.toText())), [
    {
      ...{ placement: "home", model: "als", shown: 5, clicks: 1 },
      ...{ carts: 0, purchases: 0, revenue: 4.5 },
    },
    {
      ...{ placement: "", model: "als", shown: 1, clicks: 0 },
      ...{ carts: 0, purchases: 0, revenue: 0 },
    },
  ]);
});
