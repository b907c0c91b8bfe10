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

/** A month's conversion rates. */
export interface FunnelMonth {
  /** `2019-10`. */
  readonly month: string;
  readonly viewToCart: number;
  readonly cartToPurchase: number;
  readonly conversion: number;
}

const RATES = [
  { field: "viewToCart", name: "view to cart", color: PALETTE.orange },
  { field: "cartToPurchase", name: "cart to purchase", color: PALETTE.green },
  { field: "conversion", name: "any session to purchase", color: PALETTE.blue },
];

/** The funnel's rates by session, month by month. */
export function funnelByMonthChart(
  months: readonly FunnelMonth[],
  { title = "Conversion rates by month", subtitle = "Of sessions" }: ChartText = {},
): ChartSpec {
  if (months.length === 0) return emptyChart(title, subtitle);
  return chart(title, subtitle, {
    data: { values: months },
    transform: [
      { fold: RATES.map(({ field }) => field), as: ["field", "rate"] },
      { lookup: "field", from: { data: { values: RATES }, key: "field", fields: ["name"] } },
    ],
    width: 420,
    height: 240,
    encoding: {
      x: ordinal("month", { title: "Month", axis: LEVEL_LABELS }),
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
