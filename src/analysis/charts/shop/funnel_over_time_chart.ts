import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import {
  LEVEL_LABELS,
  nominal,
  ordinal,
  PERCENT_AXIS,
  quantitative,
  valueLabels,
} from "../encodings.ts";
import { FORMATS, PALETTE } from "../theme.ts";

/** The conversion rates of a month or week. */
export interface FunnelPeriod {
  /** `2019-10`, or the week's first day, `2019-10-01`. */
  readonly period: string;
  readonly viewToCart: number;
  readonly cartToPurchase: number;
  readonly conversion: number;
}

const RATES = [
  { field: "viewToCart", name: "view to cart", color: PALETTE.orange },
  { field: "cartToPurchase", name: "cart to purchase", color: PALETTE.green },
  { field: "conversion", name: "any session to purchase", color: PALETTE.blue },
];

/**
 * The funnel's rates by session, period by period.
 *
 * @param options `per`: what a period is.
 */
export function funnelOverTimeChart(
  periods: readonly FunnelPeriod[],
  { per, title = `Conversion rates by ${per}`, subtitle = "Of sessions" }: ChartText & {
    readonly per: "month" | "week";
  },
): ChartSpec {
  if (periods.length === 0) return emptyChart(title, subtitle, `the data covers no full ${per}`);
  if (periods.length === 1) return emptyChart(title, subtitle, `the data covers only one ${per}`);
  return chart(title, subtitle, {
    data: { values: periods },
    transform: [
      { fold: RATES.map(({ field }) => field), as: ["field", "rate"] },
      { lookup: "field", from: { data: { values: RATES }, key: "field", fields: ["name"] } },
    ],
    width: 420,
    height: 240,
    encoding: {
      x: ordinal("period", {
        title: per === "month" ? "Month" : "Week, by its first day",
        axis: LEVEL_LABELS,
      }),
      y: quantitative("rate", { title: "Rate", axis: PERCENT_AXIS }),
      color: nominal("name", {
        title: null,
        scale: { domain: RATES.map(({ name }) => name), range: RATES.map(({ color }) => color) },
      }),
    },
    layer: [
      { mark: "line" },
      { mark: "point" },
      valueLabels("rate", FORMATS.percent, { dy: -12 }),
    ],
  });
}
