import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { EVENT_COLORS, FORMATS } from "../theme.ts";

/** A stage of a funnel. */
export interface FunnelChartRow {
  /** What goes through the funnel: `session`, `user` or `pair`; one panel each. */
  readonly unit: string;
  /** `view`, `cart` or `purchase`. */
  readonly stage: string;
  /** Units that reached the stage. */
  readonly units: number;
  /** Of the units in the first stage. */
  readonly share: number;
}

/** What the panels are called. */
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
      "Each stage holds those that also reached the stages before; shares are of those that viewed",
  }: ChartText = {},
): ChartSpec {
  if (rows.length === 0) return emptyChart(title, subtitle);
  const values = rows.map((row) => ({ ...row, unit: UNITS[row.unit] ?? row.unit }));
  const units = [...new Set(values.map(({ unit }) => unit))];
  return chart(title, subtitle, {
    data: { values },
    facet: {
      column: { field: "unit", type: "nominal", sort: units, title: null, spacing: 24 },
    },
    spec: {
      width: 220,
      height: { step: 44 },
      encoding: {
        y: {
          field: "stage",
          type: "nominal",
          sort: ["view", "cart", "purchase"],
          title: "Stage",
        },
        x: {
          field: "share",
          type: "quantitative",
          title: "Share of those that viewed",
          axis: { format: FORMATS.axisPercent, values: [0, .25, .5, .75, 1] },
          scale: { domain: [0, 1.45] },
        },
      },
      layer: [
        {
          mark: "bar",
          encoding: {
            color: {
              field: "stage",
              type: "nominal",
              scale: {
                domain: ["view", "cart", "purchase"],
                range: ["view", "cart", "purchase"].map((type) => EVENT_COLORS[type]),
              },
              legend: null,
            },
            tooltip: [
              { field: "stage", type: "nominal" },
              { field: "units", type: "quantitative", format: FORMATS.count },
              { field: "share", type: "quantitative", format: FORMATS.percent },
            ],
          },
        },
        label("units", FORMATS.count, -7),
        label("share", FORMATS.percent, 8),
      ],
    },
    resolve: { axis: { x: "shared", y: "shared" } },
  });
}

function label(field: string, format: string, dy: number): object {
  return {
    mark: { type: "text", align: "left", dx: 5, dy },
    encoding: { text: { field, type: "quantitative", format } },
  };
}
