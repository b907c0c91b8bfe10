import type { CertainRow } from "../../src/evaluation/certainty.ts";
import { perListMetric } from "../../src/evaluation/list_metrics.ts";
import { metricIntervals } from "../../src/evaluation/metric_intervals.ts";
import { assertEquals } from "../assert.ts";

Deno.test("each metric of each measured model has a line with its interval", () => {
  const figures = { ...perListMetric(() => 0), recall: .2, hitRate: .6 };
  const low = { ...figures, recall: .1, hitRate: .3 };
  const common = {
    task: "new",
    k: 10,
    users: 7,
    coverage: .5,
    novelty: 9,
    gini: .5,
    ...figures,
  } as const;
  const rows: CertainRow[] = [
    { model: "svd", ...common, low, high: figures },
    { model: "popularity", ...common },
  ];
  assertEquals(metricIntervals(rows, ["recall", "hitRate"]), [
    { model: "svd", metric: "Recall@10", value: .2, low: .1, high: .2 },
    { model: "svd", metric: "Hit rate@10", value: .6, low: .3, high: .6 },
  ]);
});
