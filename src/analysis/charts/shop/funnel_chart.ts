import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { eventScale, nominal, quantitative, valueLabels } from "../encodings.ts";
import { FORMATS } from "../theme.ts";

/** A stage of a funnel. */
export interface FunnelChartRow {
  /** What passes through the funnel: `session`, `user` or `pair`; one panel each. */
  readonly unit: string;
  /** `view`, `cart` or `purchase`. */
  readonly stage: string;
  /** Units that reached the stage. */
  readonly units: number;
  /** As a share of the units in the first stage. */
  readonly share: number;
}

const STAGES = ["view", "cart", "purchase"];

/** The panels' titles. */
const UNITS: Readonly<Record<string, string>> = {
  session: "sessions",
  user: "users",
  pair: "pairs of user and product",
};

/** The funnel from view to cart to purchase, one panel per unit. */
export function funnelChart(
  rows: readonly FunnelChartRow[],
  {
    title = "From view to cart to purchase",
    subtitle =
      "Each stage counts those that also reached the stages before; shares of those that viewed",
  }: ChartText = {},
): ChartSpec {
  if (rows.length === 0) return emptyChart(title, subtitle);
  const values = rows.map((row) => ({ ...row, unit: UNITS[row.unit] ?? row.unit }));
  const units = [...new Set(values.map(({ unit }) => unit))];
  return chart(title, subtitle, {
    data: { values },
    facet: {
      column: nominal("unit", { sort: units, title: null, spacing: 24 }),
    },
    spec: {
      width: 220,
      height: { step: 44 },
      encoding: {
        y: nominal("stage", { sort: STAGES, title: "Stage" }),
        x: quantitative("share", {
          title: "Share of those that viewed",
          axis: { format: FORMATS.axisPercent, values: [0, .25, .5, .75, 1] },
          scale: { domain: [0, 1.45] },
        }),
      },
      layer: [
        {
          mark: "bar",
          encoding: {
            color: nominal("stage", {
              scale: eventScale(STAGES),
              legend: null,
            }),
            tooltip: [
              nominal("stage"),
              quantitative("units", { format: FORMATS.count }),
              quantitative("share", { format: FORMATS.percent }),
            ],
          },
        },
        valueLabels("units", FORMATS.count, { align: "left", dx: 5, dy: -7 }),
        valueLabels("share", FORMATS.percent, { align: "left", dx: 5, dy: 8 }),
      ],
    },
    resolve: { axis: { x: "shared", y: "shared" } },
  });
}
