import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { eventScale, nominal, PERCENT_AXIS, quantitative } from "../encodings.ts";
import { priceAxis } from "../price_axis.ts";
import { EVENT_NAMES } from "../theme.ts";

/** The share of one type's events with a price from `from` to `to`. */
export interface PriceHistogramBin {
  readonly eventType: string;
  readonly from: number;
  readonly to: number;
  /** Of this type's events. */
  readonly share: number;
}

/** The distributions of price by type of event, overlaid, on a logarithmic scale. */
export function priceHistogramChart(
  bins: readonly PriceHistogramBin[],
  {
    title = "Prices of products viewed, added to the cart, removed and bought",
    subtitle = "Share of each type's events by price",
  }: ChartText = {},
): ChartSpec {
  if (bins.length === 0) return emptyChart(title, subtitle);
  const types = Object.keys(EVENT_NAMES).filter((type) =>
    bins.some(({ eventType }) => eventType === type)
  );
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
      x: quantitative("price", {
        ...priceAxis(
          Math.min(...bins.map(({ from }) => from)),
          Math.max(...bins.map(({ to }) => to)),
        ),
      }),
      y: quantitative("share", { title: "Share of the type's events", axis: PERCENT_AXIS }),
      color: nominal("type", { title: null, scale: eventScale(types) }),
    },
  });
}
