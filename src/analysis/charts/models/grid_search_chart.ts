import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { cellLabels, LEVEL_LABELS, ordinal, quantitative } from "../encodings.ts";
import { FORMATS, PALETTE } from "../theme.ts";

/** The result of one combination of two options. */
export interface GridCell {
  /** The value of the horizontal option. */
  readonly x: number | string | boolean;
  /** The value of the vertical option. */
  readonly y: number | string | boolean;
  /** Higher is better. */
  readonly recall: number;
  /** Lower is better; NaN if the model predicts no ratings, and then not drawn. */
  readonly rmse: number;
}

/**
 * A grid search over two options of a model: heat maps of recall and RMSE, the best cell framed.
 *
 * @param options `x`, `y`: the options' names. `k`: the length of the lists for recall.
 */
export function gridSearchChart(
  cells: readonly GridCell[],
  { title = "Grid search", subtitle = "Framed: the best cell", x, y, k = 10 }: ChartText & {
    readonly x: string;
    readonly y: string;
    readonly k?: number;
  },
): ChartSpec {
  if (cells.length === 0) return emptyChart(title, subtitle);
  const panel = heatMap(cells, x, y);
  const hasRatings = cells.every(({ rmse }) => !Number.isNaN(rmse));
  return chart(title, subtitle, {
    hconcat: [
      panel("recall", `Recall@${k}: higher is better`, Math.max, false),
      ...(hasRatings ? [panel("rmse", "RMSE: lower is better", Math.min, true)] : []),
    ],
    spacing: 40,
    resolve: { scale: { color: "independent" } },
  });
}

function heatMap(cells: readonly GridCell[], x: string, y: string) {
  return (
    field: "recall" | "rmse",
    title: string,
    best: (...values: number[]) => number,
    reverse: boolean,
  ): object => {
    const values = cells.map((cell) => cell[field]);
    const middle = (Math.min(...values) + Math.max(...values)) / 2;
    const isDark = `datum.${field} ${reverse ? ">" : "<"} ${middle}`;
    const highlight = best(...values);
    return {
      title: { text: title, fontSize: 13, fontWeight: "normal", offset: 8 },
      data: {
        values: cells.map((cell) => ({
          ...cell,
          isBest: highlight > 0 && cell[field] === highlight,
        })),
      },
      width: { step: 68 },
      height: { step: 36 },
      encoding: {
        x: ordinal("x", { title: x, axis: LEVEL_LABELS }),
        y: ordinal("y", { title: y }),
      },
      layer: [
        {
          mark: { type: "rect", strokeWidth: 3 },
          encoding: {
            color: quantitative(field, {
              scale: { scheme: "viridis", reverse, zero: false },
              legend: null,
            }),
          },
        },
        {
          transform: [{ filter: "datum.isBest" }],
          mark: { type: "rect", fillOpacity: 0, stroke: PALETTE.vermilion, strokeWidth: 3 },
        },
        cellLabels(field, FORMATS.metric, isDark),
      ],
    };
  };
}
