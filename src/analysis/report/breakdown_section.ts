import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { formatCounted, formatMetric } from "../../base/format.ts";
import { groupsChart } from "../charts/groups_chart.ts";
import {
  type BreakdownBy,
  type BreakdownRow,
  BREAKDOWNS,
} from "../../evaluation/breakdown_rows.ts";
import { BREAKDOWN_TITLES } from "../../evaluation/titles.ts";
import { interval, testRows } from "./comparison_section.ts";
import type { DrawChart } from "./draw_chart.ts";
import { type Html, html, htmlTable } from "./html.ts";
import type { ReportSource } from "./source.ts";

/** Most lines that a chart can distinguish; tables have all models. */
const CHARTED_MODELS = 5;

/** Texts and sizes of the breakdowns' charts. */
const CHARTS = {
  history: {
    title: "Accuracy by length of history",
    groupTitle: "Events in the user's history",
    metric: "NDCG",
    step: 130,
  },
  day: {
    title: "Accuracy by days since training",
    groupTitle: "Days since training",
    metric: "Recall",
    step: 90,
  },
  popularity: {
    title: "Accuracy by popularity of products",
    groupTitle: "Popularity: 1 is the top tenth",
    metric: "Recall",
    step: 70,
  },
} as const satisfies Readonly<Record<BreakdownBy, object>>;

/** For which users, for how long and for which products the models work. */
export async function breakdownSection(
  source: ReportSource,
  draw: DrawChart,
): Promise<Html | undefined> {
  const { breakdowns } = source.comparison;
  if (breakdowns.length === 0) return undefined;
  const parts = BREAKDOWNS.map((by) => breakdownPart(source, by, draw));
  return html`
    <section><h2>Where it works best</h2>
    <p>New products on the test window. Every model shows popular products to users without a
    history.</p>
    ${await Promise.all(parts)}</section>
  `;
}

async function breakdownPart(
  source: ReportSource,
  by: BreakdownBy,
  draw: DrawChart,
): Promise<Html | undefined> {
  const rows = source.comparison.breakdowns.filter((row) => row.by === by);
  if (rows.length === 0) return undefined;
  const models = chartedModels(source);
  const charted = rows.filter(({ model }) => models.includes(model))
    .toSorted((a, b) => models.indexOf(a.model) - models.indexOf(b.model));
  const hasLines = new Set(rows.map(({ group }) => group)).size > 1;
  return html`${hasLines && await draw(CHARTS[by].title, groupsChart(charted, CHARTS[by]))}
${groupTable(rows, source, BREAKDOWN_TITLES[by])}`;
}

/** The served model, popularity and the best of the others. */
function chartedModels(source: ReportSource): string[] {
  const best = testRows(source, "new").map(({ model }) => model);
  const first = [source.defaultModel, FALLBACK_MODEL].filter((name) => best.includes(name));
  return [...new Set([...first, ...best])].slice(0, CHARTED_MODELS);
}

function groupTable(
  rows: readonly BreakdownRow[],
  source: ReportSource,
  caption: string,
): Html {
  const groups = [...new Map(rows.map(({ group, users }) => [group, users]))];
  const models = testRows(source, "new").map(({ model }) => model);
  return htmlTable(
    [
      "Model",
      ...groups.map(([group, users]) =>
        html`${group}<small>${formatCounted(users, "user")}</small>`
      ),
    ],
    models.map((name) => [
      name,
      ...rows.filter(({ model }) => model === name).map((figure) =>
        html`<span title="95% interval ${interval(figure)}">${formatMetric(figure.mean)}</span>`
      ),
    ]),
    { caption, isHighlighted: (row) => models[row] === source.defaultModel },
  );
}
