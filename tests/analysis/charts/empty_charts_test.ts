/** Small data can leave charts without rows: they are then drawn empty, without an error. */
import { accuracyTradeOffChart } from "../../../src/analysis/charts/models/accuracy_trade_off_chart.ts";
import { barsChart } from "../../../src/analysis/charts/bars_chart.ts";
import { type ChartSpec, emptyNote, NO_HITS } from "../../../src/analysis/charts/chart.ts";
import { conversionByPriceChart } from "../../../src/analysis/charts/shop/conversion_by_price_chart.ts";
import { dailyEventsChart } from "../../../src/analysis/charts/shop/daily_events_chart.ts";
import { elasticityChart } from "../../../src/analysis/charts/shop/elasticity_chart.ts";
import { funnelOverTimeChart } from "../../../src/analysis/charts/shop/funnel_over_time_chart.ts";
import { funnelChart } from "../../../src/analysis/charts/shop/funnel_chart.ts";
import { gainChart } from "../../../src/analysis/charts/models/gain_chart.ts";
import { gridSearchChart } from "../../../src/analysis/charts/models/grid_search_chart.ts";
import { growthChart } from "../../../src/analysis/charts/models/growth_chart.ts";
import { historyLengthChart } from "../../../src/analysis/charts/models/history_length_chart.ts";
import { hoursOfWeekChart } from "../../../src/analysis/charts/shop/hours_of_week_chart.ts";
import { lorenzChart } from "../../../src/analysis/charts/shop/lorenz_chart.ts";
import { metricComparisonChart } from "../../../src/analysis/charts/models/metric_comparison_chart.ts";
import { pairsChart } from "../../../src/analysis/charts/shop/pairs_chart.ts";
import { priceHistogramChart } from "../../../src/analysis/charts/shop/price_histogram_chart.ts";
import { priceQuantilesChart } from "../../../src/analysis/charts/shop/price_quantiles_chart.ts";
import { retentionChart } from "../../../src/analysis/charts/shop/retention_chart.ts";
import { sessionsPerUserChart } from "../../../src/analysis/charts/shop/sessions_per_user_chart.ts";
import { splitTimelineChart } from "../../../src/analysis/charts/models/split_timeline_chart.ts";
import { topSellersChart } from "../../../src/analysis/charts/shop/top_sellers_chart.ts";
import { assert, assertEquals } from "../../assert.ts";
import { draw } from "./drawn.ts";

const charts: Readonly<Record<string, ChartSpec>> = {
  accuracyTradeOffChart: accuracyTradeOffChart([], { title: "Nothing" }),
  barsChart: barsChart([], { title: "Nothing", labelTitle: "Brand", valueTitle: "n", format: "d" }),
  conversionByPriceChart: conversionByPriceChart([], { title: "Nothing" }),
  dailyEventsChart: dailyEventsChart([], { title: "Nothing" }),
  elasticityChart: elasticityChart([], { title: "Nothing" }),
  funnelOverTimeChart: funnelOverTimeChart([], { title: "Nothing", per: "month" }),
  funnelChart: funnelChart([], { title: "Nothing" }),
  gainChart: gainChart([], { title: "Nothing" }),
  gridSearchChart: gridSearchChart([], { title: "Nothing", x: "factors", y: "epochs" }),
  growthChart: growthChart([], { title: "Nothing" }),
  historyLengthChart: historyLengthChart([], { title: "Nothing" }),
  hoursOfWeekChart: hoursOfWeekChart([], { title: "Nothing" }),
  lorenzChart: lorenzChart([], { title: "Nothing" }),
  metricComparisonChart: metricComparisonChart([], { title: "Nothing" }),
  pairsChart: pairsChart([], { title: "Nothing" }),
  priceHistogramChart: priceHistogramChart([], { title: "Nothing" }),
  priceQuantilesChart: priceQuantilesChart([], { title: "Nothing" }),
  retentionChart: retentionChart([], { title: "Nothing" }),
  sessionsPerUserChart: sessionsPerUserChart([], { title: "Nothing" }),
  splitTimelineChart: splitTimelineChart([], { title: "Nothing" }),
  topSellersChart: topSellersChart([], { title: "Nothing", of: "brands", by: "sales" }),
};

for (const [name, spec] of Object.entries(charts)) {
  Deno.test(`without rows ${name} is empty and says why`, async () => {
    const { title, texts } = await draw(spec);
    const note = emptyNote(spec);
    assert(note !== undefined && texts.includes(note), `note: ${note}`);
    assertEquals(title, "Nothing");
  });
}

Deno.test("models without a hit can't be told apart, so they aren't drawn", () => {
  const none = { model: "svd", ndcg: 0, coverage: .1, novelty: 9 };
  const interval = { model: "svd", metric: "NDCG@10", value: 0, low: 0, high: 0 };
  assertEquals(emptyNote(accuracyTradeOffChart([none])), NO_HITS);
  assertEquals(emptyNote(metricComparisonChart([interval])), NO_HITS);
});
