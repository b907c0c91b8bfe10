import { formatCount } from "../../base/format.ts";
import { chart, type ChartSpec, type ChartText, emptyChart } from "./chart.ts";
import { FORMATS } from "./theme.ts";

/** One metric of one model for a group of users. */
export interface GroupRow {
  readonly model: string;
  /** For example `2–4`; the groups in the order given. */
  readonly group: string;
  readonly users: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A metric of several models, group by group: dots joined by lines, with bands for their intervals.
 *
 * @param options `groupTitle`: what tells the groups apart. `step`: pixels from one group to the next.
 */
export function groupsChart(
  rows: readonly GroupRow[],
  { title, subtitle = "Bands: 95% intervals", metric, groupTitle, step = 110 }: ChartText & {
    readonly title: string;
    readonly metric: string;
    readonly groupTitle: string;
    readonly step?: number;
  },
): ChartSpec {
  if (rows.length === 0) return emptyChart(title, subtitle);
  const values = rows.map(({ group, users, ...row }) => ({
    ...row,
    group: `${group}\n${formatCount(users)} users`,
  }));
  return chart(title, subtitle, {
    data: { values },
    width: { step },
    height: 300,
    encoding: {
      x: {
        field: "group",
        type: "ordinal",
        sort: null,
        title: groupTitle,
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
