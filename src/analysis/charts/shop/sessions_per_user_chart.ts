import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { formatRange } from "../../../base/format.ts";
import { FORMATS } from "../theme.ts";

/** Users with a number of sessions from `from` to `to`, which may be Infinity. */
export interface SessionBin {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** How many sessions users have. */
export function sessionsPerUserChart(
  bins: readonly SessionBin[],
  { title = "Sessions per user", subtitle }: ChartText = {},
): ChartSpec {
  if (bins.length === 0) return emptyChart(title, subtitle);
  const values = bins.map(({ from, to, share }) => ({ sessions: formatRange(from, to), share }));
  return chart(title, subtitle, {
    data: { values },
    width: { step: 56 },
    height: 220,
    encoding: {
      x: {
        field: "sessions",
        type: "ordinal",
        sort: null,
        title: "Sessions",
        axis: { labelAngle: 0 },
      },
      y: {
        field: "share",
        type: "quantitative",
        title: "Share of users",
        axis: { format: FORMATS.axisPercent },
      },
    },
    layer: [
      { mark: "bar" },
      {
        mark: { type: "text", dy: -8 },
        encoding: { text: { field: "share", type: "quantitative", format: FORMATS.percent } },
      },
    ],
  });
}
