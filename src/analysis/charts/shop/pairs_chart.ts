import { formatCounted } from "../../../base/format.ts";
import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { DOTS, interval, MULTILINE_LABELS, nominal, quantitative } from "../encodings.ts";
import { SHORT_COUNTS } from "../theme.ts";

/** Two products that occur in the same sessions. */
export interface PairRow {
  /** What to call the products. */
  readonly labelA: string;
  readonly labelB: string;
  readonly sessions: number;
  readonly lift: number;
  /** The ends of the lift's interval. */
  readonly low: number;
  readonly high: number;
}

const POWERS = Array.from({ length: 8 }, (_, power) => 10 ** power);

/** Pairs of products by lift, with its interval and their number of sessions. */
export function pairsChart(
  pairs: readonly PairRow[],
  {
    title = "Products viewed together",
    subtitle =
      "How many times more often than by chance they share a session; lines: 95% intervals",
  }: ChartText = {},
): ChartSpec {
  if (pairs.length === 0) {
    return emptyChart(title, subtitle, "no two products share sessions more often than by chance");
  }
  const values = pairs.map(({ labelA, labelB, sessions, lift, low, high }) => ({
    pair: `${labelA}\n+ ${labelB} (${formatCounted(sessions, "session")})`,
    lift,
    low,
    high,
  }));
  return chart(title, subtitle, {
    data: { values },
    width: 380,
    height: { step: 38 },
    encoding: {
      y: nominal("pair", {
        sort: null,
        title: "Products",
        axis: { ...MULTILINE_LABELS, grid: true },
      }),
    },
    layer: [
      { data: { values: [{ x: 1 }] }, mark: "rule", encoding: { x: quantitative("x"), y: null } },
      {
        mark: { type: "rule", strokeWidth: 2 },
        encoding: interval("x", {
          title: "Lift (logarithmic; 1 = by chance)",
          axis: { ...SHORT_COUNTS, values: POWERS, grid: true },
          scale: { type: "log", domainMin: 1, nice: false },
        }),
      },
      { mark: DOTS, encoding: { x: quantitative("lift") } },
    ],
  });
}
