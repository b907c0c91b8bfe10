import { accuracyTradeOffChart } from "../charts/models/accuracy_trade_off_chart.ts";
import { formatMetric, formatNumber, formatShare } from "../../base/format.ts";
import type { WindowRow } from "../../artifact/evaluation_facts.ts";
import {
  MODEL_METRIC_NAMES,
  MODEL_METRICS,
  type ModelMetric,
  type ModelMetricDefinition,
} from "../../evaluation/model_metrics.ts";
import { gainsText } from "../../evaluation/titles.ts";
import { testRows } from "./comparison_section.ts";
import type { DrawChart } from "./draw_chart.ts";
import { type Html, html, htmlTable, type HtmlValue } from "./html.ts";
import type { ReportSource } from "./source.ts";

/** How varied the lists are, and how much those of two models overlap. */
export async function varietySection(
  source: ReportSource,
  draw: DrawChart,
): Promise<Html | undefined> {
  const rows = testRows(source, "new");
  if (rows.length === 0) return undefined;
  return html`
    <section><h2>Beyond accuracy</h2>
    <p>Of two equally accurate models, the one that doesn't show everyone the same few products
    is better.</p>
    ${await draw("Accuracy against variety", accuracyTradeOffChart(rows))}
    ${varietyTable(rows, source)} ${overlapTable(source)}</section>
  `;
}

function varietyTable(
  rows: readonly WindowRow[],
  { defaultModel, comparison: { population } }: ReportSource,
): Html {
  const names = MODEL_METRIC_NAMES.filter((name) => rows.some((row) => row[name] !== undefined));
  return htmlTable(
    ["Model", ...names.map((name) => MODEL_METRICS[name].title)],
    rows.map((row) => [row.model, ...names.map((name) => metricText(name, row[name]))]),
    {
      caption: "Lists of new products, and predicted ratings for models that predict them" +
        (population ? `; ${gainsText(population)}` : ""),
      isHighlighted: (row) => rows[row].model === defaultModel,
    },
  );
}

function metricText(name: ModelMetric, value: number | undefined): string {
  if (value === undefined) return "";
  const { unit }: ModelMetricDefinition = MODEL_METRICS[name];
  if (unit === "share") return formatShare(value);
  if (unit === "fraction") return formatMetric(value);
  return unit ? `${formatNumber(value)} ${unit}` : formatNumber(value);
}

function overlapTable({ comparison: { overlaps } }: ReportSource): Html | undefined {
  if (overlaps.length === 0) return undefined;
  const models = [...new Set(overlaps.flatMap(({ model, other }) => [model, other]))];
  const cell = (a: string, b: string): HtmlValue => {
    const row = overlaps.find(({ model, other }) =>
      (model === a && other === b) || (model === b && other === a)
    );
    return row && row.overlap.toFixed(3);
  };
  return htmlTable(
    ["Model", ...models],
    models.map((a) => [a, ...models.map((b) => cell(a, b))]),
    {
      caption: "How much two models' lists of new products overlap: products in both lists over " +
        "products in either, averaged over users",
    },
  );
}
