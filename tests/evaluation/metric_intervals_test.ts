import type { CertainRow } from "../../src/evaluation/certainty.ts";
import { metricIntervals } from "../../src/evaluation/metric_intervals.ts";
import { assertEquals } from "../assert.ts";

Deno.test("metrics stand one below the other with their intervals, unmeasured models not at all", () => {
  const figures = { precision: .1, recall: .2, ndcg: .3, map: .4, mrr: .5, hitRate: .6 };
  const minus = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, value / 2]),
  ) as unknown as typeof figures;
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
    { model: "svd", ...common, low: minus, high: figures },
    { model: "popularity", ...common },
  ];
  assertEquals(metricIntervals(rows, ["recall", "hitRate"]), [
    { model: "svd", metric: "Recall@10", value: .2, low: .1, high: .2 },
    { model: "svd", metric: "Hit rate@10", value: .6, low: .3, high: .6 },
  ]);
});
