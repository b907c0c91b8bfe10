import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { DOTS, interval, nominal, quantitative } from "../encodings.ts";
import { GREY, PALETTE } from "../theme.ts";

/** The price elasticity of one brand, with its 95% interval. */
export interface ElasticityRow {
  readonly brand: string;
  readonly elasticity: number;
  readonly low: number;
  readonly high: number;
  readonly buyers: number;
}

/**
 * Price elasticities by brand, the most negative first, with the pooled one as a line.
 *
 * @param options `limit`: how many brands, those with the most buyers; default 25. `pooled`: the
 * elasticity of all brands together.
 */
export function elasticityChart(
  brands: readonly ElasticityRow[],
  {
    title = "Price elasticity of conversion by brand",
    subtitle = "Difference in conversion, in percent, for a 1% higher price; lines: 95% intervals",
    limit = 25,
    pooled,
  }: ChartText & { readonly limit?: number; readonly pooled?: number } = {},
): ChartSpec {
  if (brands.length === 0) return emptyChart(title, subtitle);
  const values = brands.toSorted((a, b) => b.buyers - a.buyers).slice(0, limit)
    .sort((a, b) => a.elasticity - b.elasticity);
  const mark = (x: number, label: string, align: string, color: string, strokeDash: number[]) => [
    {
      data: { values: [{ x, label }] },
      mark: { type: "rule", strokeDash, color },
      encoding: { x: quantitative("x") },
    },
    {
      data: { values: [{ x, label }] },
      mark: { type: "text", align, dx: align === "left" ? 4 : -4, dy: -6, color, fontSize: 11 },
      encoding: {
        x: quantitative("x"),
        y: { value: 0 },
        text: { field: "label" },
      },
    },
  ];
  return chart(title, subtitle, {
    width: 420,
    height: { step: 20 },
    layer: [
      ...mark(
        0,
        "no effect of price",
        pooled === undefined || pooled < 0 ? "left" : "right",
        GREY,
        [1, 0],
      ),
      ...(pooled === undefined ? [] : mark(
        pooled,
        `all brands: ${pooled.toFixed(2).replace("-", "−")}`,
        pooled < 0 ? "right" : "left",
        PALETTE.vermilion,
        [4, 3],
      )),
      {
        data: { values },
        encoding: {
          y: nominal("brand", { sort: null, title: "Brand", axis: { grid: true } }),
        },
        layer: [
          {
            mark: { type: "rule", strokeWidth: 2, color: PALETTE.skyBlue },
            encoding: interval("x", { title: "Elasticity (% per %)" }),
          },
          {
            mark: DOTS,
            encoding: { x: quantitative("elasticity") },
          },
        ],
      },
    ],
  });
}
