import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { FORMATS, GREY, PALETTE } from "../theme.ts";

/** The concentration of one kind of event. */
export interface LorenzCurve {
  /** For example `views`. */
  readonly name: string;
  readonly gini: number;
  /** From (0, 0) to (1, 1), the most popular products first. */
  readonly curve: readonly { readonly products: number; readonly events: number }[];
}

/** How concentrated popularity is: Lorenz curves, the most popular products first. */
export function lorenzChart(
  curves: readonly LorenzCurve[],
  {
    title = "How popularity is concentrated",
    subtitle =
      "Products from the most popular down; the straight line is where all are equally popular",
  }: ChartText = {},
): ChartSpec {
  if (curves.length === 0) return emptyChart(title, subtitle);
  const values = curves.flatMap(({ name, gini, curve }) =>
    curve.map((point) => ({ name: `${name} (Gini ${gini.toFixed(2)})`, ...point }))
  );
  return chart(title, subtitle, {
    width: 340,
    height: 340,
    layer: [
      {
        data: { values: [{ products: 0, events: 0 }, { products: 1, events: 1 }] },
        mark: { type: "line", color: GREY, strokeDash: [4, 3], strokeWidth: 1 },
        encoding: {
          x: { field: "products", type: "quantitative" },
          y: { field: "events", type: "quantitative" },
        },
      },
      {
        data: { values },
        mark: "line",
        encoding: {
          x: {
            field: "products",
            type: "quantitative",
            title: "Share of products",
            axis: { format: FORMATS.axisPercent },
          },
          y: {
            field: "events",
            type: "quantitative",
            title: "Share of events",
            axis: { format: FORMATS.axisPercent },
          },
          color: {
            field: "name",
            type: "nominal",
            sort: null,
            title: null,
            scale: { range: [PALETTE.blue, PALETTE.orange, PALETTE.green] },
          },
        },
      },
    ],
  });
}
