import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { interval, ordinal, PERCENT_AXIS, quantitative, valueLabels } from "../encodings.ts";
import { FORMATS } from "../theme.ts";

/** The conversion of products in a price range. */
export interface ConversionBand {
  readonly from: number;
  readonly to: number;
  readonly conversion: { readonly share: number; readonly low: number; readonly high: number };
}

/** The share of viewers who buy, by price band, with intervals. */
export function conversionByPriceChart(
  bands: readonly ConversionBand[],
  {
    title = "Conversion by price",
    subtitle =
      "Share of viewers who buy the product; lines: 95% intervals; equally many viewers per band",
  }: ChartText = {},
): ChartSpec {
  if (bands.length === 0) return emptyChart(title, subtitle);
  if (bands.every(({ conversion }) => conversion.share === 0)) {
    return emptyChart(title, subtitle, "no viewer of a product with a price buys it");
  }
  const values = bands.map(({ from, to, conversion }) => ({
    band: from === to ? from.toFixed(2) : `${from.toFixed(2)}–${to.toFixed(2)}`,
    ...conversion,
  }));
  return chart(title, subtitle, {
    data: { values },
    width: { step: 62 },
    height: 260,
    encoding: {
      x: ordinal("band", {
        sort: null,
        title: "Price band (shop's currency)",
        axis: { labelAngle: -30 },
      }),
      y: quantitative("share", {
        title: "Viewers who buy",
        axis: PERCENT_AXIS,
        scale: { zero: true },
      }),
    },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 2 },
        encoding: interval("y"),
      },
      { mark: { type: "point", size: 80 } },
      valueLabels("share", FORMATS.percent, { align: "left", dx: 7 }),
    ],
  });
}
