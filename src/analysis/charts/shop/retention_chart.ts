import { formatCounted } from "../../../base/format.ts";
import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { cellLabels, LEVEL_LABELS, ordinal, quantitative } from "../encodings.ts";
import { FORMATS } from "../theme.ts";

/** The share of a cohort's users who were active in a week. */
export interface RetentionRow {
  /** The first day of the cohort's week, for example `2019-10-01`. */
  readonly cohort: string;
  readonly users: number;
  /** Weeks since the first; week 0 isn't drawn, because all users are active then. */
  readonly week: number;
  readonly share: number;
}

/** A heat map of retention by weekly cohort. */
export function retentionChart(
  cells: readonly RetentionRow[],
  {
    title = "Retention by weekly cohort",
    subtitle = "Share of a week's new users who return one, two, three … weeks later",
  }: ChartText = {},
): ChartSpec {
  const values = cells.filter(({ week }) => week > 0).map(({ cohort, users, week, share }) => ({
    cohort: `${cohort} (${formatCounted(users, "user")})`,
    week,
    share,
  }));
  if (values.length === 0) {
    return emptyChart(title, subtitle, "the data covers fewer than two full weeks");
  }
  const middle = Math.max(0, ...values.map(({ share }) => share)) / 2;
  return chart(title, subtitle, {
    data: { values },
    width: { step: Math.max(...values.map(({ week }) => week)) > 8 ? 50 : 70 },
    height: { step: 34 },
    encoding: {
      x: ordinal("week", { title: "Weeks later", axis: LEVEL_LABELS }),
      y: ordinal("cohort", { sort: null, title: "First week begins" }),
    },
    layer: [
      {
        mark: "rect",
        encoding: {
          color: quantitative("share", {
            title: "Share",
            scale: { scheme: "viridis", zero: true },
            legend: { format: FORMATS.axisPercent, gradientLength: 90 },
          }),
        },
      },
      cellLabels("share", FORMATS.percent, `datum.share < ${middle}`),
    ],
  });
}
