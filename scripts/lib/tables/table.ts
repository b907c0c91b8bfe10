import Table from "cli-table3";

/** The width of lines outside a terminal, in pipes and files, in characters. */
const DEFAULT_WIDTH = 80;

/**
 * Lays out rows for a terminal, the first column to the left, the others to the right. Columns that
 * don't fit beside each other go to further tables below, which repeat the first column.
 *
 * @param head The columns' titles.
 * @param width The longest line, in characters, unless the first column and one other take more.
 *   Default the terminal's width; 80 outside a terminal.
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  width = terminalWidth(),
): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  return parts(cells, width).map((columns) => layOut(cells, columns)).join("\n");
}

/** The columns of each table, the first column in all of them. */
function parts(cells: readonly (readonly string[])[], width: number): number[][] {
  const widths = cells[0].map((_, column) =>
    Math.max(...cells.map((row) => longestLine(row[column] ?? "")))
  );
  // A cell has a space at both sides and a border before it; one border ends the line.
  const BORDERS = 3;
  const tables = [[0]];
  let used = 1 + widths[0] + BORDERS;
  for (let column = 1; column < widths.length; column++) {
    const own = widths[column] + BORDERS;
    if (tables.at(-1)!.length > 1 && used + own > width) {
      tables.push([0]);
      used = 1 + widths[0] + BORDERS;
    }
    tables.at(-1)!.push(column);
    used += own;
  }
  return tables;
}

function longestLine(text: string): number {
  return Math.max(...text.split("\n").map((line) => [...line].length));
}

function layOut(cells: readonly (readonly string[])[], columns: readonly number[]): string {
  const [head, ...rows] = cells.map((row) => columns.map((column) => row[column] ?? ""));
  const table = new Table({
    head,
    colAligns: columns.map((column) => column === 0 ? "left" : "right"),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString();
}

function terminalWidth(): number {
  return Deno.stdout.isTerminal() ? Deno.consoleSize().columns : DEFAULT_WIDTH;
}
