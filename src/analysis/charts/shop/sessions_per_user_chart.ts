import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { formatRange } from "../../../base/format.ts";
import { LEVEL_LABELS, ordinal, PERCENT_AXIS, quantitative, valueLabels } from "../encodings.ts";
import { FORMATS } from "../theme.ts";

/** The share of users with `from` to `to` sessions; `to` may be Infinity. */
export interface SessionBin {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** The distribution of sessions per user. */
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
      x: ordinal("sessions", { sort: null, title: "Sessions", axis: LEVEL_LABELS }),
      y: quantitative("share", { title: "Share of users", axis: PERCENT_AXIS }),
    },
    layer: [
      { mark: "bar" },
      valueLabels("share", FORMATS.percent, { dy: -8 }),
    ],
  });
}
