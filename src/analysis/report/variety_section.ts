import { accuracyTradeOffChart } from "../charts/models/accuracy_trade_off_chart.ts";
import { formatNumber, formatShare } from "../../base/format.ts";
import { testRows } from "./comparison_section.ts";
import { figure } from "./figure.ts";
import { type Html, html, htmlTable, type HtmlValue } from "./html.ts";
import type { ReportRow, ReportSource } from "./source.ts";

/** What lists are like besides accurate, and how far models show the same. */
export async function varietySection(source: ReportSource): Promise<Html | undefined> {
  const rows = testRows(source, "new");
  if (rows.length === 0) return undefined;
  return html`
    <section><h2>Besides accuracy</h2>
    <p>Two models of equal accuracy are not equally good if one shows everybody the same few products.</p>
    ${await figure("Accuracy against variety", accuracyTradeOffChart(rows))}
    ${varietyTable(rows, source.defaultModel)} ${overlapTable(source)}</section>
  `;
}

function varietyTable(rows: readonly ReportRow[], served: string): Html {
  const withDiversity = rows.some(({ diversity }) => diversity !== undefined);
  const withRatings = rows.some(({ rmse }) => rmse !== undefined);
  const number = (value: number | undefined) => value === undefined ? "" : formatNumber(value);
  return htmlTable(
    [
      ...["Model", "Coverage", "Novelty", "Gini"],
      ...(withDiversity ? ["Diversity"] : []),
      ...(withRatings ? ["RMSE", "MAE"] : []),
    ],
    rows.map((row) => [
      row.model,
      formatShare(row.coverage),
      `${number(row.novelty)} bit`,
      number(row.gini),
      ...(withDiversity ? [number(row.diversity)] : []),
      ...(withRatings ? [number(row.rmse), number(row.mae)] : []),
    ]),
    {
      caption: "Lists of new products, and predicted ratings where a model predicts them",
      isHighlighted: (row) => rows[row].model === served,
    },
  );
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
      caption:
        "How much lists of new products overlap: products in both of two models' lists over " +
        "products in either, averaged over users",
    },
  );
}
