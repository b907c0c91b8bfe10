import type { WindowRow } from "../../artifact/evaluation_facts.ts";
import { formatPValue } from "../../evaluation/bootstrap.ts";
import { formatCounted, formatMetric } from "../../base/format.ts";
import { metricComparisonChart } from "../charts/models/metric_comparison_chart.ts";
import { type Task, TASKS } from "../../evaluation/evaluate.ts";
import { LIST_METRIC_COLUMNS, LIST_METRICS } from "../../evaluation/list_metrics.ts";
import { metricIntervals } from "../../evaluation/metric_intervals.ts";
import { populationText, PROTOCOL_TITLES, TASK_TITLES } from "../../evaluation/titles.ts";
import type { DrawChart } from "./draw_chart.ts";
import { type Html, html, htmlTable } from "./html.ts";
import type { ReportSource } from "./source.ts";

/** The lines of a task on the test window, best NDCG first; none if no user was measured. */
export function testRows({ evaluation }: ReportSource, task: Task): WindowRow[] {
  return evaluation
    .filter((row) => row.window === "test" && row.task === task && row.users > 0)
    .toSorted((a, b) => b.ndcg - a.ndcg);
}

/** Which model is served, and why. */
export function decisionSection({ decision, gate }: ReportSource): Html {
  return html`
    <section><h2>The decision</h2>
    <blockquote>${decision}</blockquote>
    ${gate && gate.tests.length > 0 && htmlTable(
      ["Against", gate.candidate, "Other", "Difference, 95% interval", "p", "Beaten"],
      gate.tests.map((test) => [
        test.against,
        formatMetric(test.candidate),
        formatMetric(test.other),
        interval(test),
        formatP(test.pValue, gate.comparisons),
        test.passed ? "yes" : "no",
      ]),
      {
        caption:
          "NDCG for new products on the test window; a winner is served if it beats them all",
      },
    )}</section>
  `;
}

/** How the models compare on the test window, task by task. */
export async function comparisonSection(source: ReportSource, draw: DrawChart): Promise<Html> {
  const rows = testRows(source, "new");
  const { population, protocol = "window" } = source.comparison;
  if (rows.length === 0 || !population) {
    return html`
      <section>
        <h2>The comparison</h2>
        <p>No user could be measured on the test window.</p>
      </section>
    `;
  }
  const intervals = metricIntervals(rows, ["ndcg", "recall", "hitRate"]);
  const highlight = source.defaultModel;
  return html`
    <section><h2>The comparison</h2>
    <p>${PROTOCOL_TITLES[protocol]}. Every product of the catalogue was a candidate, for
    ${populationText(population, { protocol, window: "test" })}. Without a history, every model
    shows popular products.</p>
    ${await draw("Models compared", metricComparisonChart(intervals, { highlight }))}
    ${TASKS.map((task) =>
      taskTable(testRows(source, task), highlight, TASK_TITLES[task])
    )}</section>
  `;
}

function taskTable(rows: readonly WindowRow[], served: string, title: string): Html | undefined {
  if (rows.length === 0) return undefined;
  const [{ users, k }] = rows;
  const [deciding, ...others] = LIST_METRIC_COLUMNS;
  return htmlTable(
    [
      ...["Model", LIST_METRICS[deciding].title, "95% interval", "p best", "p popularity"],
      ...others.map((name) => LIST_METRICS[name].title),
    ],
    rows.map((row) => [
      row.model,
      formatMetric(row[deciding]),
      row.low && row.high && interval({ low: row.low[deciding], high: row.high[deciding] }),
      formatP(row.pValueWinner, rows.length - 1),
      formatP(row.pValuePopularity, rows.length - 1),
      ...others.map((name) => formatMetric(row[name])),
    ]),
    {
      caption: `${title}; ${formatCounted(users, "user")}, lists of ${k}`,
      isHighlighted: (row) => rows[row].model === served,
    },
  );
}

/** `0.0471 to 0.0552`. */
export function interval({ low, high }: { low: number; high: number }): string {
  return `${formatMetric(low)} to ${formatMetric(high)}`;
}

/** @param tests For how many the p-value is corrected. Default 1. */
function formatP(pValue: number | undefined, tests?: number): string {
  return pValue === undefined ? "" : formatPValue(pValue, { tests });
}
