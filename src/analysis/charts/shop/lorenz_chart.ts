import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { diagonal, nominal, shareAxes } from "../encodings.ts";
import { PALETTE } from "../theme.ts";

/** The concentration of one type of event. */
export interface LorenzCurve {
  /** For example `views`. */
  readonly name: string;
  readonly gini: number;
  /** From (0, 0) to (1, 1), the most popular products first. */
  readonly curve: readonly { readonly products: number; readonly events: number }[];
}

/**
 * Lorenz curves of popularity, the most popular products first.
 *
 * @param curves Those of events that never happen, with a Gini of NaN, are omitted.
 */
export function lorenzChart(
  curves: readonly LorenzCurve[],
  {
    title = "Concentration of popularity",
    subtitle = "Products from most to least popular; on the straight line, all are equally popular",
  }: ChartText = {},
): ChartSpec {
  const known = curves.filter(({ gini }) => !Number.isNaN(gini));
  if (known.length === 0) return emptyChart(title, subtitle);
  const values = known.flatMap(({ name, gini, curve }) =>
    curve.map((point) => ({ name: `${name} (Gini ${gini.toFixed(2)})`, ...point }))
  );
  return chart(title, subtitle, {
    width: 340,
    height: 340,
    layer: [
      diagonal("products", "events"),
      {
        data: { values },
        mark: "line",
        encoding: {
          ...shareAxes(["products", "Share of products"], ["events", "Share of events"]),
          color: nominal("name", {
            sort: null,
            title: null,
            scale: { range: [PALETTE.blue, PALETTE.orange, PALETTE.green] },
          }),
        },
      },
    ],
  });
}
