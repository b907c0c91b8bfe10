import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { FORMATS, PALETTE } from "../theme.ts";

/** What one choice of two options gave. */
export interface GridCell {
  /** The value of the option across. */
  readonly x: number | string | boolean;
  /** The value of the option down. */
  readonly y: number | string | boolean;
  /** The higher the better. */
  readonly recall: number;
  /** The lower the better. */
  readonly rmse: number;
}

/**
 * A grid search over two options of a model: recall and RMSE, two heat maps with the best cell framed. The best of
 * the one is seldom the best of the other.
 *
 * @param options `x`, `y`: the options' names. `k`: the length of the lists that recall was measured on.
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
  return chart(title, subtitle, {
    hconcat: [
      panel("recall", `Recall@${k}: higher is better`, Math.max, false),
      panel("rmse", "RMSE: lower is better", Math.min, true),
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
    const isBest = `datum.${field} === ${best(...values)}`;
    return {
      title: { text: title, fontSize: 13, fontWeight: "normal", offset: 8 },
      data: { values: cells },
      width: { step: 68 },
      height: { step: 36 },
      encoding: {
        x: { field: "x", type: "ordinal", title: x, axis: { labelAngle: 0 } },
        y: { field: "y", type: "ordinal", title: y },
      },
      layer: [
        {
          mark: { type: "rect", strokeWidth: 3 },
          encoding: {
            color: {
              field,
              type: "quantitative",
              scale: { scheme: "viridis", reverse, zero: false },
              legend: null,
            },
          },
        },
        {
          transform: [{ filter: isBest }],
          mark: { type: "rect", fillOpacity: 0, stroke: PALETTE.vermilion, strokeWidth: 3 },
        },
        {
          mark: "text",
          encoding: {
            text: { field, type: "quantitative", format: FORMATS.metric },
            color: { condition: { test: isDark, value: "white" }, value: "black" },
          },
        },
      ],
    };
  };
}
