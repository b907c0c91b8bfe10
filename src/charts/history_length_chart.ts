import { chart, type ChartSpec, type ChartText } from "./chart.ts";
import { FORMATS } from "./theme.ts";

/** One metric of one model for users with histories of about one length. */
export interface HistoryLengthRow {
  readonly model: string;
  /** For example `2–4`; the groups in the order given. */
  readonly group: string;
  readonly users: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** For whom each model works: a metric by how much the users had done before. */
export function historyLengthChart(
  rows: readonly HistoryLengthRow[],
  {
    title = "Accuracy by length of history",
    subtitle = "Bands: 95% intervals",
    metric = "NDCG",
  }: ChartText & { readonly metric?: string } = {},
): ChartSpec {
  const values = rows.map(({ group, users, ...row }) => ({
    ...row,
    group: `${group}\n${users.toLocaleString("en-US")} users`,
  }));
  return chart(title, subtitle, {
    data: { values },
    width: { step: 110 },
    height: 300,
    encoding: {
      x: {
        field: "group",
        type: "ordinal",
        sort: null,
        title: "Events in the user's history",
        axis: { labelAngle: 0, labelExpr: "split(datum.label, '\\n')" },
      },
      color: { field: "model", type: "nominal", sort: null, title: "Model" },
    },
    layer: [
      {
        mark: { type: "area", opacity: .12 },
        encoding: {
          y: {
            field: "low",
            type: "quantitative",
            title: metric,
            axis: { format: FORMATS.axisNumber },
          },
          y2: { field: "high" },
        },
      },
      { mark: "line", encoding: { y: { field: "mean", type: "quantitative" } } },
      {
        mark: { type: "point", tooltip: { content: "data" } },
        encoding: {
          y: { field: "mean", type: "quantitative" },
          shape: { field: "model", type: "nominal", sort: null, title: "Model" },
        },
      },
    ],
  });
}
