import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { diagonal, nominal, shareAxes } from "../encodings.ts";

/** How high one model ranks what users went on to. */
export interface GainLine {
  readonly model: string;
  /** From (0, 0) to (1, 1). */
  readonly curve: readonly { readonly catalogue: number; readonly found: number }[];
}

/** Gain curves: the share of what users went on to in the first part of each model's ranking. */
export function gainChart(
  lines: readonly GainLine[],
  {
    title = "Where models rank what users went on to",
    subtitle = "The steeper, the better; the straight line is a ranking by chance",
  }: ChartText = {},
): ChartSpec {
  const values = lines.flatMap(({ model, curve }) => curve.map((point) => ({ model, ...point })));
  if (values.length === 0) return emptyChart(title, subtitle);
  return chart(title, subtitle, {
    width: 420,
    height: 300,
    layer: [
      diagonal("catalogue", "found"),
      {
        data: { values },
        mark: "line",
        encoding: {
          ...shareAxes(
            ["catalogue", "First part of the ranking of all products"],
            ["found", "Share of what users went on to"],
          ),
          color: nominal("model", { sort: null, title: "Model" }),
        },
      },
    ],
  });
}
