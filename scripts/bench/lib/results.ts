import { formatTable } from "../../lib/tables/table.ts";
import { writeJson } from "../../lib/write_json.ts";

/** One measured figure, an element of the array that `--json FILE` writes. */
export interface BenchRow {
  /** The benchmark, for example `"ranking"`. */
  readonly bench: string;
  /** What was measured, for example a model's name. */
  readonly name: string;
  /** For example `"recall@20"`. */
  readonly metric: string;
  readonly value: number;
  /** For example `"share"` or `"s"`. */
  readonly unit: string;
  /** Another program measured in the same call. */
  readonly peer?: string;
  readonly peerValue?: number;
  /** The settings that it was measured with. */
  readonly options: object;
}

/**
 * Formats figures as a table: a row for each name, a column for each metric (and for each peer's),
 * the options last.
 */
export function formatRows(rows: readonly BenchRow[]): string {
  const columns = unique(rows.flatMap((row) => [ownColumn(row), ...peerColumn(row)]));
  const lines = unique(rows.map(({ name }) => name)).map((name) => {
    const own = rows.filter((row) => row.name === name);
    const values = new Map(own.flatMap((row) => [
      [ownColumn(row), formatValue(row.value, row.unit)] as const,
      ...peerColumn(row).map((column) =>
        [column, formatValue(row.peerValue ?? NaN, row.unit)] as const
      ),
    ]));
    return [name, ...columns.map((column) => values.get(column) ?? ""), formatOptions(own[0])];
  });
  return formatTable(["", ...columns, "options"], lines);
}

/**
 * Prints figures as a table and, if `json` names a file, writes them as a JSON array.
 *
 * @throws {InputError} If the file can't be written.
 */
export async function reportRows(
  rows: readonly BenchRow[],
  { json }: { json?: string },
): Promise<void> {
  console.log(formatRows(rows));
  if (json !== undefined) await writeJson(json, rows);
}

function ownColumn({ metric, unit }: BenchRow): string {
  return unit === "share" ? metric : `${metric} [${unit}]`;
}

function peerColumn(row: BenchRow): string[] {
  return row.peer === undefined ? [] : [`${ownColumn(row)} of ${row.peer}`];
}

function formatValue(value: number, unit: string): string {
  return unit === "share" ? value.toFixed(4) : String(Number(value.toPrecision(3)));
}

function formatOptions({ options }: BenchRow): string {
  return Object.entries(options).map(([name, value]) => `${name} ${value}`).join(", ");
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
