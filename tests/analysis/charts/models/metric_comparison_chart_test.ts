import { metricComparisonChart } from "../../../../src/analysis/charts/models/metric_comparison_chart.ts";
import { assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("models are in order of the first metric; each metric has a panel", async () => {
  const row = (model: string, metric: string, value: number) => ({
    model,
    metric,
    value,
    low: value - .01,
    high: value + .01,
  });
  const { texts, axisTitles, axisLabels } = await draw(
    metricComparisonChart([
      row("popularity", "NDCG@10", .02),
      row("svd", "NDCG@10", .04),
      row("popularity", "Recall@10", .09),
      row("svd", "Recall@10", .08),
    ], { highlight: "svd" }),
  );
  assertEquals(texts.filter((text) => text.endsWith("@10")), ["NDCG@10", "Recall@10"]);
  assertEquals(axisTitles, ["Model", "Mean over users"]);
  assertEquals(axisLabels.slice(0, 2), ["svd", "popularity"]);
});
