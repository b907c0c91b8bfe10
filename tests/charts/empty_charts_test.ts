/** Small data leaves charts without rows: they are empty then, and no error. */
import { accuracyTradeOffChart } from "../../src/charts/accuracy_trade_off_chart.ts";
import { barsChart } from "../../src/charts/bars_chart.ts";
import type { ChartSpec } from "../../src/charts/chart.ts";
import { conversionByPriceChart } from "../../src/charts/conversion_by_price_chart.ts";
import { dailyEventsChart } from "../../src/charts/daily_events_chart.ts";
import { elasticityChart } from "../../src/charts/elasticity_chart.ts";
import { funnelByMonthChart } from "../../src/charts/funnel_by_month_chart.ts";
import { funnelChart } from "../../src/charts/funnel_chart.ts";
import { gridSearchChart } from "../../src/charts/grid_search_chart.ts";
import { growthChart } from "../../src/charts/growth_chart.ts";
import { historyLengthChart } from "../../src/charts/history_length_chart.ts";
import { hoursOfWeekChart } from "../../src/charts/hours_of_week_chart.ts";
import { lorenzChart } from "../../src/charts/lorenz_chart.ts";
import { metricComparisonChart } from "../../src/charts/metric_comparison_chart.ts";
import { pairsChart } from "../../src/charts/pairs_chart.ts";
import { priceHistogramChart } from "../../src/charts/price_histogram_chart.ts";
import { priceQuantilesChart } from "../../src/charts/price_quantiles_chart.ts";
import { retentionChart } from "../../src/charts/retention_chart.ts";
import { sessionsPerUserChart } from "../../src/charts/sessions_per_user_chart.ts";
import { splitTimelineChart } from "../../src/charts/split_timeline_chart.ts";
import { topSellersChart } from "../../src/charts/top_sellers_chart.ts";
import { assertEquals } from "../assert.ts";
import { draw } from "./drawn.ts";

const charts: Readonly<Record<string, ChartSpec>> = {
  accuracyTradeOffChart: accuracyTradeOffChart([], { title: "Nothing" }),
  barsChart: barsChart([], { title: "Nothing", labelTitle: "Brand", valueTitle: "n", format: "d" }),
  conversionByPriceChart: conversionByPriceChart([], { title: "Nothing" }),
  dailyEventsChart: dailyEventsChart([], { title: "Nothing" }),
  elasticityChart: elasticityChart([], { title: "Nothing" }),
  funnelByMonthChart: funnelByMonthChart([], { title: "Nothing" }),
  funnelChart: funnelChart([], { title: "Nothing" }),
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
  Deno.test(`without rows ${name} is empty`, async () => {
    const { title, texts } = await draw(spec);
    assertEquals([title, texts.includes("There is nothing to show")], ["Nothing", true]);
  });
}
