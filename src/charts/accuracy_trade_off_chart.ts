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
    hconcat: [
      panel(rows, "coverage", "Coverage (share of the catalogue shown)", FORMATS.axisPercent),
      panel(rows, "novelty", "Novelty (bits)", FORMATS.axisNumber),
    ],
    spacing: 40,
  });
}

function panel(
  rows: readonly TradeOffRow[],
  field: "coverage" | "novelty",
  title: string,
  format: string,
): object {
  const x = { field, type: "quantitative", title, axis: { format, tickCount: 5 } };
  return {
    data: { values: placeLabels(rows, field) },
    width: 320,
    height: 300,
    encoding: {
      x: { ...x, scale: { zero: field === "coverage", nice: true } },
      y: {
        field: "ndcg",
        type: "quantitative",
        title: "NDCG",
        axis: { format: FORMATS.axisNumber, tickCount: 6 },
      },
    },
    layer: [
      { mark: { type: "point", color: PALETTE.blue, size: 90, tooltip: { content: "data" } } },
      ...(["left", "right"] as const).map((align) => ({
        transform: [{ filter: `datum.align === "${align}"` }],
        mark: { type: "text", align, dx: align === "left" ? 9 : -9, fontSize: 11 },
        encoding: { text: { field: "model" } },
      })),
    ],
  };
}

/** Labels stand right of their point, or left in the right half; neighbours in height take turns there. */
function placeLabels(
  rows: readonly TradeOffRow[],
  field: "coverage" | "novelty",
): (TradeOffRow & { align: "left" | "right" })[] {
  const values = rows.map((row) => row[field]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return rows.toSorted((a, b) => a.ndcg - b.ndcg).map((row, i) => {
    const place = (row[field] - low) / (high - low || 1);
    const isLeft = place > .75 || place > .3 && i % 2 === 1;
    return { ...row, align: isLeft ? "right" : "left" };
  });
}
