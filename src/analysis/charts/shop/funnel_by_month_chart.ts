import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { FORMATS, PALETTE } from "../theme.ts";

/** The rates of one month. */
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

/** How the rates of the funnel by session change from month to month. */
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
      x: { field: "month", type: "ordinal", title: "Month", axis: { labelAngle: 0 } },
      y: {
        field: "rate",
        type: "quantitative",
        title: "Rate",
        axis: { format: FORMATS.axisPercent },
      },
      color: {
        field: "name",
        type: "nominal",
        title: null,
        scale: { domain: RATES.map(({ name }) => name), range: RATES.map(({ color }) => color) },
      },
    },
    layer: [
      { mark: "line" },
      { mark: "point" },
      {
        mark: { type: "text", dy: -12 },
        encoding: { text: { field: "rate", type: "quantitative", format: FORMATS.percent } },
      },
    ],
  });
}
