import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { FORMATS, PALETTE } from "../theme.ts";

/** One metric of one model, with its 95% interval. */
export interface MetricRow {
  readonly model: string;
  /** For example `NDCG@10`; one panel each, in the order given. */
  readonly metric: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Models compared by several metrics, the best by the first metric at the top.
 *
 * @param options `highlight`: the model in another colour, for example the one that is exported.
 */
export function metricComparisonChart(
  rows: readonly MetricRow[],
  {
    title = "Models compared",
    subtitle = "Dots: means over users; lines: 95% intervals",
    highlight,
  }: ChartText & { readonly highlight?: string } = {},
): ChartSpec {
  if (rows.length === 0) return emptyChart(title, subtitle);
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  const models = rows.filter(({ metric }) => metric === metrics[0])
    .toSorted((a, b) => b.value - a.value).map(({ model }) => model);
  const color = {
    condition: {
      test: `datum.model === ${JSON.stringify(highlight ?? "")}`,
      value: PALETTE.vermilion,
    },
    value: PALETTE.blue,
  };
  return chart(title, subtitle, {
    data: { values: rows },
    facet: {
      column: { field: "metric", type: "nominal", sort: metrics, title: null, spacing: 20 },
    },
    spec: {
      width: 190,
      height: { step: 24 },
      encoding: {
        y: {
          field: "model",
          type: "nominal",
          sort: models,
          title: "Model",
          axis: { grid: true },
        },
        color,
      },
      layer: [
        {
          mark: { type: "rule", strokeWidth: 2 },
          encoding: {
            x: {
              field: "low",
              type: "quantitative",
              title: "Mean over users",
              axis: { format: FORMATS.axisNumber, tickCount: 4 },
              scale: { zero: true },
            },
            x2: { field: "high" },
          },
        },
        {
          mark: { type: "point", tooltip: { content: "data" } },
          encoding: { x: { field: "value", type: "quantitative" } },
        },
      ],
    },
    resolve: { scale: { x: "independent" }, axis: { y: "shared" } },
  });
}
