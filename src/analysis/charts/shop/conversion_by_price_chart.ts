import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { FORMATS } from "../theme.ts";

/** How products of a range of prices are bought. */
export interface ConversionBand {
  readonly from: number;
  readonly to: number;
  readonly conversion: { readonly share: number; readonly low: number; readonly high: number };
}

/** The share of viewers who buy, by price band, with its interval. */
export function conversionByPriceChart(
  bands: readonly ConversionBand[],
  {
    title = "Conversion by price",
    subtitle =
      "Share of a product's viewers who buy it; lines are 95% intervals; bands hold equally many viewers",
  }: ChartText = {},
): ChartSpec {
  if (bands.length === 0) return emptyChart(title, subtitle);
  const values = bands.map(({ from, to, conversion }) => ({
    band: from === to ? from.toFixed(2) : `${from.toFixed(2)}–${to.toFixed(2)}`,
    ...conversion,
  }));
  return chart(title, subtitle, {
    data: { values },
    width: { step: 62 },
    height: 260,
    encoding: {
      x: {
        field: "band",
        type: "ordinal",
        sort: null,
        title: "Price band (shop's currency)",
        axis: { labelAngle: -30 },
      },
      y: {
        field: "share",
        type: "quantitative",
        title: "Viewers who buy",
        axis: { format: FORMATS.axisPercent },
        scale: { zero: true },
      },
    },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 2 },
        encoding: { y: { field: "low", type: "quantitative" }, y2: { field: "high" } },
      },
      { mark: { type: "point", size: 80 } },
      {
        mark: { type: "text", align: "left", dx: 7 },
        encoding: { text: { field: "share", type: "quantitative", format: FORMATS.percent } },
      },
    ],
  });
}
