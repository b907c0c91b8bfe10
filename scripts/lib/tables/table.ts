import Table from "cli-table3";
import { lengthOf, outputWidth, wrapText } from "./wrap.ts";

// A cell has a space at both sides and a border before it; one border ends the line.
const BORDERS = 3;
const END = 1;

/**
 * Lays out rows for a terminal, the first column to the left. Columns that don't fit beside each
 * other go to further tables below, which repeat the first column. A text that doesn't fit beside
 * the first column is broken into lines.
 *
 * @param head The columns' titles.
 * @param options `width`: the longest line, in characters, unless a word takes more; default that
 *   of standard output. `align`: of the other columns; default right, for numbers.
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  { width = outputWidth(), align = "right" }: { width?: number; align?: "left" | "right" } = {},
): string {
  const texts = [head, ...rows].map((row) => row.map(String));
  const room = width - END - BORDERS - widthOf(texts, 0) - BORDERS;
  const cells = texts.map((row) =>
    row.map((text, column) => column === 0 ? text : wrapText(text, room))
  );
  return parts(cells, width).map((columns) => layOut(cells, columns, align)).join("\n");
}

function widthOf(cells: readonly (readonly string[])[], column: number): number {
  return Math.max(...cells.map((row) => lengthOf(row[column] ?? "")));
}

/** The columns of each table, the first column in all of them. */
function parts(cells: readonly (readonly string[])[], width: number): number[][] {
  const widths = cells[0].map((_, column) => widthOf(cells, column));
  const tables = [[0]];
  let used = END + widths[0] + BORDERS;
  for (let column = 1; column < widths.length; column++) {
    const own = widths[column] + BORDERS;
    if (tables.at(-1)!.length > 1 && used + own > width) {
      tables.push([0]);
      used = END + widths[0] + BORDERS;
    }
    tables.at(-1)!.push(column);
    used += own;
  }
  return tables;
}

function layOut(
  cells: readonly (readonly string[])[],
  columns: readonly number[],
  align: "left" | "right",
): string {
  const [head, ...rows] = cells.map((row) => columns.map((column) => row[column] ?? ""));
  const table = new Table({
    head,
    colAligns: columns.map((column) => column === 0 ? "left" : align),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString();
}
