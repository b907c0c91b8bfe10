import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { priceAxis } from "../price_axis.ts";
import { EVENT_COLORS, EVENT_NAMES, FORMATS } from "../theme.ts";

/** How many of one type's events have a price from `from` to `to`. */
export interface PriceHistogramBin {
  readonly eventType: string;
  readonly from: number;
  readonly to: number;
  /** Of this type's events. */
  readonly share: number;
}

/** The distributions of price by type of event, over each other, on a logarithmic scale. */
export function priceHistogramChart(
  bins: readonly PriceHistogramBin[],
  {
    title = "Prices of what is viewed, put into the cart, taken out and bought",
    subtitle = "Share of each type's events by price",
  }: ChartText = {},
): ChartSpec {
  if (bins.length === 0) return emptyChart(title, subtitle);
  const types = Object.keys(EVENT_COLORS);
  const values = bins.map((bin) => ({
    type: EVENT_NAMES[bin.eventType] ?? bin.eventType,
    price: Math.sqrt(bin.from * bin.to),
    share: bin.share,
  }));
  return chart(title, subtitle, {
    data: { values },
    width: 520,
    height: 260,
    mark: { type: "line", interpolate: "step", tooltip: true },
    encoding: {
      x: {
        field: "price",
        type: "quantitative",
        ...priceAxis(
          Math.min(...bins.map(({ from }) => from)),
          Math.max(...bins.map(({ to }) => to)),
        ),
      },
      y: {
        field: "share",
        type: "quantitative",
        title: "Share of the type's events",
        axis: { format: FORMATS.axisPercent },
      },
      color: {
        field: "type",
        type: "nominal",
        title: null,
        scale: {
          domain: types.map((type) => EVENT_NAMES[type]),
          range: types.map((type) => EVENT_COLORS[type]),
        },
      },
    },
  });
}
