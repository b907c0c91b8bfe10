import type { ChartSpec, ChartText } from "../chart.ts";
import { type GroupRow, groupsChart } from "../groups_chart.ts";

/** A metric by the length of users' histories. */
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
