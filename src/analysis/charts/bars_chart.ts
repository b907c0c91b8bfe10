import { chart, type ChartSpec, type ChartText, emptyChart } from "./chart.ts";
import { PALETTE } from "./theme.ts";

/** A bar, with the ends of an interval where there is one. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** Things with a number each, in the order given, as horizontal bars. */
export function barsChart(
  bars: readonly Bar[],
  { title, subtitle, labelTitle, valueTitle, format, color = PALETTE.blue }: ChartText & {
    readonly title: string;
    /** What the bars are, for example `Brand`. */
    readonly labelTitle: string;
    /** What their length is, with its unit. */
    readonly valueTitle: string;
    /** A format of d3's, as in {@linkcode FORMATS}. */
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
    height: { step: 24 },
    encoding: {
      y: { field: "label", type: "nominal", sort: null, title: labelTitle },
      x: {
        field: "value",
        type: "quantitative",
        title: valueTitle,
        axis: { format, tickCount: 5 },
        scale: { domain: [0, longest * 1.15 || 1], nice: false },
      },
      tooltip: [
        { field: "label", type: "nominal", title: labelTitle },
        { field: "value", type: "quantitative", title: valueTitle, format },
      ],
    },
    layer: [
      { mark: { type: "bar", color } },
      ...(hasIntervals
        ? [{
          mark: { type: "rule", color: PALETTE.black },
          encoding: {
            x: { field: "low", type: "quantitative" },
            x2: { field: "high" },
          },
        }]
        : []),
      {
        mark: { type: "text", align: "left", dx: 6 },
        encoding: {
          x: { field: hasIntervals ? "high" : "value", type: "quantitative" },
          text: { field: "value", type: "quantitative", format },
        },
      },
    ],
  });
}
