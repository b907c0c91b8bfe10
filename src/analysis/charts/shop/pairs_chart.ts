import { formatCounted } from "../../../base/format.ts";
import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { nominal, quantitative } from "../encodings.ts";
import { PALETTE, SHORT_COUNTS } from "../theme.ts";

/** Two products that occur in the same sessions. */
export interface PairRow {
  readonly productA: string;
  readonly brandA: string;
  readonly productB: string;
  readonly brandB: string;
  readonly sessions: number;
  readonly lift: number;
}

/** Pairs of products by lift, labelled with their number of sessions. */
export function pairsChart(
  pairs: readonly PairRow[],
  {
    title = "Products viewed together",
    subtitle = "Lift: how many times more often than by chance two products share a session",
  }: ChartText = {},
): ChartSpec {
  if (pairs.length === 0) return emptyChart(title, subtitle);
  const values = pairs.map(({ productA, brandA, productB, brandB, sessions, lift }) => ({
    pair: `${brandA} ${productA} + ${brandB} ${productB}`,
    lift,
    label: `${formatCounted(sessions, "session")}`,
  }));
  const highest = Math.max(1, ...pairs.map(({ lift }) => lift));
  return chart(title, subtitle, {
    data: { values },
    width: 380,
    height: { step: 24 },
    encoding: {
      y: nominal("pair", { sort: null, title: "Products (brand and number)" }),
      x: quantitative("lift", {
        title: "Lift (1 = by chance)",
        axis: { ...SHORT_COUNTS, tickCount: 5 },
        scale: { domain: [0, highest * 1.35], nice: false },
      }),
    },
    layer: [
      { mark: { type: "bar", color: PALETTE.blue } },
      { mark: { type: "text", align: "left", dx: 6 }, encoding: { text: { field: "label" } } },
    ],
  });
}
