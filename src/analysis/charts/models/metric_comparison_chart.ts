import { chart, type ChartSpec, type ChartText, emptyChart, NO_HITS } from "../chart.ts";
import { DOTS, interval, nominal, quantitative } from "../encodings.ts";
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
 * Compares models by several metrics, the best by the first metric on top.
 *
 * @param options `highlight`: a model to draw in another colour, for example the exported one.
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
  if (rows.every(({ value }) => value === 0)) return emptyChart(title, subtitle, NO_HITS);
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
      column: nominal("metric", { sort: metrics, title: null, spacing: 20 }),
    },
    spec: {
      width: 190,
      height: { step: 24 },
      encoding: {
        y: nominal("model", { sort: models, title: "Model", axis: { grid: true } }),
        color,
      },
      layer: [
        {
          mark: { type: "rule", strokeWidth: 2 },
          encoding: interval("x", {
            title: "Mean over users",
            axis: { format: FORMATS.axisNumber, tickCount: 4 },
            scale: { zero: true },
          }),
        },
        {
          mark: DOTS,
          encoding: { x: quantitative("value") },
        },
      ],
    },
    resolve: { scale: { x: "independent" }, axis: { y: "shared" } },
  });
}
