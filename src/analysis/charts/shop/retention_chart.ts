import { formatCount } from "../../../base/format.ts";
import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { FORMATS } from "../theme.ts";

/** How many of one cohort's users were there in one week. */
export interface RetentionRow {
  /** The first day of the cohort's week, for example `2019-10-01`. */
  readonly cohort: string;
  readonly users: number;
  /** Weeks since the first; week 0 isn't drawn, everybody is there. */
  readonly week: number;
  readonly share: number;
}

/** Which users come back in the weeks after their first: a heat map of cohorts and weeks. */
export function retentionChart(
  cells: readonly RetentionRow[],
  {
    title = "Who comes back",
    subtitle = "Share of the users of a week who are there again one, two, three … weeks later",
  }: ChartText = {},
): ChartSpec {
  const values = cells.filter(({ week }) => week > 0).map(({ cohort, users, week, share }) => ({
    cohort: `${cohort} (${formatCount(users)} users)`,
    week,
    share,
  }));
  if (values.length === 0) return emptyChart(title, subtitle);
  const middle = Math.max(0, ...values.map(({ share }) => share)) / 2;
  return chart(title, subtitle, {
    data: { values },
    width: { step: Math.max(...values.map(({ week }) => week)) > 8 ? 50 : 70 },
    height: { step: 34 },
    encoding: {
      x: { field: "week", type: "ordinal", title: "Weeks later", axis: { labelAngle: 0 } },
      y: { field: "cohort", type: "ordinal", sort: null, title: "First week begins" },
    },
    layer: [
      {
        mark: "rect",
        encoding: {
          color: {
            field: "share",
            type: "quantitative",
            title: "Share",
            scale: { scheme: "viridis", zero: true },
            legend: { format: FORMATS.axisPercent, gradientLength: 90 },
          },
        },
      },
      {
        mark: "text",
        encoding: {
          text: { field: "share", type: "quantitative", format: FORMATS.percent },
          color: {
            condition: { test: `datum.share < ${middle}`, value: "white" },
            value: "black",
          },
        },
      },
    ],
  });
}
