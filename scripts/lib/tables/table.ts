import Table from "cli-table3";

/**
 * Lays out rows for a terminal, the first column to the left, the others to the right.
 *
 * @param head The columns' titles.
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, column) => column === 0 ? "left" : "right"),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => row.map(String)));
  return table.toString();
}
