import { chart, type ChartSpec, type ChartText, emptyChart } from "./chart.ts";
import { interval, nominal, quantitative, shortLabel } from "./encodings.ts";
import { PALETTE } from "./theme.ts";

/** A bar, optionally with the ends of an interval. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** Horizontal bars, in the order given. */
export function barsChart(
  bars: readonly Bar[],
  { title, subtitle, labelTitle, valueTitle, format, color = PALETTE.blue }: ChartText & {
    readonly title: string;
    /** What a bar represents, for example `Brand`. */
    readonly labelTitle: string;
    /** What a bar's length measures, with the unit. */
    readonly valueTitle: string;
    /** A d3 format, such as those of {@linkcode FORMATS}. */
    readonly format: string;
    readonly color?: string;
  },
): ChartSpec {
  if (bars.length === 0) return emptyChart(title, subtitle);
  const hasIntervals = bars.some(({ high }) => high !== undefined);
  const longest = Math.max(0, ...bars.map(({ value, high }) => high ?? value));
  return chart(title, subtitle, {
    data: { values: bars },
    width: 420,
    height: { step: hasIntervals ? 32 : 24 },
    encoding: {
      y: nominal("label", { sort: null, title: labelTitle }),
      x: quantitative("value", {
        title: valueTitle,
        axis: { format, tickCount: 5 },
        scale: { domain: [0, longest * 1.15 || 1], nice: false },
      }),
      tooltip: [
        nominal("label", { title: labelTitle }),
        quantitative("value", { title: valueTitle, format }),
      ],
    },
    layer: [
      { mark: { type: "bar", color } },
      ...(hasIntervals
        ? [{
          mark: { type: "rule", color: PALETTE.black },
          encoding: interval("x"),
        }]
        : []),
      // Above its interval, a value still stands at its bar's end.
      shortLabel("value", format, { align: "left", dx: 4, ...(hasIntervals && { dy: -9 }) }),
    ],
  });
}
