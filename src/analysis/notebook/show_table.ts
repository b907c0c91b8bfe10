import { display, type DisplayForms } from "./display.ts";
import { escapeHtml } from "../../base/std/html.ts";
import { formatNumber } from "../../base/format.ts";

/** A table's columns: each title with a function that computes its cells from rows. */
export type TableColumns<Row> = Readonly<
  Record<string, (row: Row, index: number) => string | number>
>;

/**
 * Shows rows in a notebook as a table. Numbers get separators and three digits; for any other
 * format, the column returns text, for example from `formatShare()`.
 *
 * @param columns Default: every property of the rows, titled with its name.
 */
export async function showTable<Row extends object>(
  rows: readonly Row[],
  columns?: TableColumns<Row>,
): Promise<void> {
  await display(tableForms(rows, columns));
}

/**
 * The forms in which {@linkcode showTable} shows rows: HTML and text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const forms = tableForms([{ brand: "runail", sales: 31230 }], {
 *   Brand: ({ brand }) => brand,
 *   Purchases: ({ sales }) => sales,
 * });
 * assertEquals(forms["text/plain"], "Brand   Purchases\nrunail     31,230");
 * ```
 */
export function tableForms<Row extends object>(
  rows: readonly Row[],
  columns: TableColumns<Row> = allColumns(rows),
): DisplayForms {
  const titles = Object.keys(columns);
  const cells = rows.map((row, index) =>
    Object.values(columns).map((column) => {
      const value = column(row, index);
      return typeof value === "number" ? formatNumber(value) : String(value);
    })
  );
  const isNumeric = titles.map((_, c) => cells.every((row) => /^[−–<]? ?\d|^–$/.test(row[c])));
  return {
    "text/html": toHtml(titles, cells, isNumeric),
    "text/plain": toText(titles, cells, isNumeric),
  };
}

/** Every property of the first row, titled with its name. */
function allColumns<Row extends object>(rows: readonly Row[]): TableColumns<Row> {
  const names = Object.keys(rows[0] ?? {}) as (keyof Row & string)[];
  return Object.fromEntries(
    names.map((name) => [name, (row: Row) => row[name] as string | number]),
  );
}

function toHtml(titles: string[], cells: string[][], isNumeric: boolean[]): string {
  const row = (tag: string, texts: string[]): string => {
    const align = (c: number) => `style="text-align: ${isNumeric[c] ? "right" : "left"}"`;
    const parts = texts.map((text, c) => `<${tag} ${align(c)}>${escapeHtml(text)}</${tag}>`);
    return `<tr>${parts.join("")}</tr>`;
  };
  return [
    `<table>`,
    `<thead>${row("th", titles)}</thead>`,
    `<tbody>`,
    ...cells.map((texts) => row("td", texts)),
    `</tbody>`,
    `</table>`,
  ].join("\n");
}

function toText(titles: string[], cells: string[][], isNumeric: boolean[]): string {
  const lines = [titles, ...cells];
  const widths = titles.map((_, c) => Math.max(...lines.map((line) => line[c].length)));
  const pad = (text: string, c: number) =>
    isNumeric[c] ? text.padStart(widths[c]) : text.padEnd(widths[c]);
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}
