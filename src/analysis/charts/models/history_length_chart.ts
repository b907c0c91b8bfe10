import type { ChartSpec, ChartText } from "../chart.ts";
import { type GroupRow, groupsChart } from "../groups_chart.ts";

/** For whom each model works: a metric by how much the users had done before. */
export function historyLengthChart(
  rows: readonly GroupRow[],
  {
    title = "Accuracy by length of history",
    metric = "NDCG",
    ...text
  }: ChartText & { readonly metric?: string } = {},
): ChartSpec {
  return groupsChart(rows, { ...text, title, metric, groupTitle: "Events in the user's history" });
}
