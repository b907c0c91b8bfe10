import { chart, type ChartSpec, type ChartText, emptyChart, NO_HITS } from "../chart.ts";
import { quantitative } from "../encodings.ts";
import { placeLabels } from "../place_labels.ts";
import { FORMATS, PALETTE } from "../theme.ts";

/** The accuracy and variety of a model's lists. */
export interface TradeOffRow {
  readonly model: string;
  readonly ndcg: number;
  /** Share of the catalogue shown to at least one user. */
  readonly coverage: number;
  /** In bits. */
  readonly novelty: number;
}

/** Accuracy against catalogue coverage and against novelty, in two panels. */
export function accuracyTradeOffChart(
  rows: readonly TradeOffRow[],
  {
    title = "Accuracy against variety",
    subtitle = "Up: more accurate; right: more of the catalogue shown, or less popular products",
  }: ChartText = {},
): ChartSpec {
  if (rows.length === 0) return emptyChart(title, subtitle);
  if (rows.every(({ ndcg }) => ndcg === 0)) return emptyChart(title, subtitle, NO_HITS);
  return chart(title, subtitle, {
    hconcat: [
      panel(rows, "coverage", "Coverage (share of the catalogue shown)", FORMATS.axisPercent),
      panel(rows, "novelty", "Novelty (bits)", FORMATS.axisNumber),
    ],
    spacing: 40,
  });
}

const SIZE = { width: 320, height: 300, fontSize: 11 };

function panel(
  rows: readonly TradeOffRow[],
  field: "coverage" | "novelty",
  title: string,
  format: string,
): object {
  const values = rows.map((row) => row[field]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low) / 10 || 1;
  const from = field === "coverage" ? 0 : low - margin;
  const domains = {
    x: [from, high + margin],
    y: [0, Math.max(...rows.map(({ ndcg }) => ndcg)) * 1.1 || 1],
  } as const;
  return {
    width: SIZE.width,
    height: SIZE.height,
    data: { values: rows },
    encoding: {
      x: axis(field, title, { format, domain: domains.x }),
      y: axis("ndcg", "NDCG", { format: FORMATS.axisNumber, domain: domains.y }),
    },
    layer: [
      { mark: { type: "point", color: PALETTE.blue, size: 90, tooltip: { content: "data" } } },
      ...labelLayers(rows, field, domains),
    ],
  };
}

function axis(
  field: string,
  title: string,
  { format, domain }: { format: string; domain: readonly [number, number] },
): object {
  return quantitative(field, {
    title,
    axis: { format, tickCount: 5 },
    scale: { domain, nice: false },
  });
}

/** The models' names, placed without overlap; one layer per alignment. */
function labelLayers(
  rows: readonly TradeOffRow[],
  field: "coverage" | "novelty",
  { x, y }: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
): object[] {
  const { width, height, fontSize } = SIZE;
  const scales = { x: width / (x[1] - x[0]), y: height / (y[1] - y[0]) };
  const points = rows.map((row) => ({
    x: (row[field] - x[0]) * scales.x,
    y: height - (row.ndcg - y[0]) * scales.y,
    label: row.model,
  }));
  const labels = placeLabels(points, SIZE).map((place, i) => ({
    label: rows[i].model,
    align: place.align,
    x: x[0] + place.x / scales.x,
    y: y[0] + (height - place.y) / scales.y,
  }));
  return (["left", "center", "right"] as const).map((align) => ({
    data: { values: labels.filter((label) => label.align === align) },
    mark: { type: "text", align, baseline: "middle", fontSize },
    encoding: {
      x: quantitative("x"),
      y: quantitative("y"),
      text: { field: "label" },
    },
  }));
}
