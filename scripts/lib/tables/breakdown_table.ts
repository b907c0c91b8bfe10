import { formatCounted, formatFraction } from "../../../src/base/format.ts";
import {
  type BreakdownBy,
  type BreakdownRow,
  BREAKDOWNS,
} from "../../../src/evaluation/breakdown_rows.ts";
import type { OverlapRow } from "../../../src/evaluation/overlaps.ts";
import { BREAKDOWN_TITLES } from "../../../src/evaluation/titles.ts";
import { formatTable } from "./table.ts";
import { wrapText } from "./wrap.ts";

/** Lays out breakdowns, a table for each: a line per model, a column per group. */
export function formatBreakdowns(rows: readonly BreakdownRow[]): string {
  return BREAKDOWNS.map((by) => formatBreakdown(by, rows.filter((row) => row.by === by)))
    .filter((text) => text !== "").join("\n\n");
}

function formatBreakdown(by: BreakdownBy, rows: readonly BreakdownRow[]): string {
  if (rows.length === 0) return "";
  const users = new Map(rows.map((row) => [row.group, row.users]));
  const models = Map.groupBy(rows, ({ model }) => model);
  return `${wrapText(BREAKDOWN_TITLES[by])}\n` + formatTable(
    ["model", ...[...users].map(([group, users]) => `${group}\n${formatCounted(users, "user")}`)],
    [...models].map(([model, figures]) => [
      model,
      ...figures.map(({ mean }) => formatFraction(mean)),
    ]),
  );
}

/** Lays out how much the lists of every two models overlap, in percent. */
export function formatOverlaps(rows: readonly OverlapRow[]): string {
  if (rows.length === 0) return "";
  const models = [...new Set(rows.flatMap(({ model, other }) => [model, other]))];
  const overlapOf = (model: string, other: string) =>
    rows.find((row) => row.model === other && row.other === model)?.overlap;
  return "Overlap of lists of new products, mean Jaccard index\n" + formatTable(
    ["model", ...models.slice(0, -1)],
    models.slice(1).map((model) => [
      model,
      ...models.slice(0, -1).map((other) => overlapOf(model, other)?.toFixed(3) ?? ""),
    ]),
  );
}
