import { chart, type ChartSpec, type ChartText } from "./chart.ts";
import { FORMATS, PALETTE } from "./theme.ts";

/** What a model's lists are like besides accurate. */
export interface TradeOffRow {
  readonly model: string;
  readonly ndcg: number;
  /** Share of the catalogue that at least one user was shown. */
  readonly coverage: number;
  /** In bits. */
  readonly novelty: number;
}

/** Accuracy against coverage of the catalogue and against novelty, two panels. */
export function accuracyTradeOffChart(
  rows: readonly TradeOffRow[],
  {
    title = "Accuracy against variety",
    subtitle = "Up: more accurate; right: more of the catalogue shown, or less popular products",
  }: ChartText = {},
): ChartSpec {
  return chart(title, subtitle, {
    data: { values: rows },
    hconcat: [
      panel("coverage", "Coverage (share of the catalogue shown)", FORMATS.axisPercent),
      panel("novelty", "Novelty (bits)", FORMATS.axisNumber),
    ],
    spacing: 40,
  });
}

function panel(field: string, title: string, format: string): object {
  return {
    width: 300,
    height: 300,
    encoding: {
      x: {
        field,
        type: "quantitative",
        title,
        axis: { format, tickCount: 5 },
        scale: { zero: false, padding: 30 },
      },
      y: {
        field: "ndcg",
        type: "quantitative",
        title: "NDCG",
        axis: { format: FORMATS.axisNumber, tickCount: 6 },
      },
    },
    layer: [
      { mark: { type: "point", color: PALETTE.blue, size: 90, tooltip: { content: "data" } } },
      {
        mark: { type: "text", dy: -11, fontSize: 11 },
        encoding: { text: { field: "model" } },
      },
    ],
  };
}
