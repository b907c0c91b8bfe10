import { nearestName } from "../../../base/nearest_name.ts";
import { COLUMN_NAMES, type ColumnName, COLUMNS, plainName } from "../../tables/columns.ts";
import type { Partitions } from "../files/partitions.ts";
import { type Layout, LAYOUTS } from "./layouts.ts";

/** Which of a file's columns is which. */
export interface ColumnMap {
  /** For each of the file's columns, in order, what it is read as; see {@linkcode fallbackOf}. */
  readonly names: readonly string[];
  /** The same for the columns that the file's path names. */
  readonly partitionNames: readonly string[];
  /** The type of all events, if the file has no column for it. */
  readonly type?: string;
  /** Whether the file has no users, so that each session counts as one. */
  readonly sessionIsUser: boolean;
  /** The recognised layout. */
  readonly layout?: string;
  /** Required columns that the file lacks, and names of the shop's own that it lacks. */
  readonly missing: readonly string[];
  /** What was guessed, in words. */
  readonly guesses: readonly string[];
}

/** The shop's own names of columns. */
export type OwnColumns = Readonly<Partial<Record<ColumnName, string>>>;

/** The name of a column whose values are used where those of `name` are missing. */
export function fallbackOf(name: string, number: number): string {
  return `${name}/${number}`;
}

/** The column that a fallback fills, or nothing for any other name. */
export function filledBy(name: string): string | undefined {
  return /^(\w+)\/\d+$/.exec(name)?.[1];
}

/**
 * Finds the columns of events in a header: by the shop's own names, by the layout that it is, by
 * the columns' names in any case, with blanks, and by other names that shops give them.
 *
 * @param fileColumns The names of the file's columns, in order.
 * @param own The shop's own names.
 * @param partitions Columns with one value for the whole file.
 */
export function mapColumns(
  fileColumns: readonly string[],
  own: OwnColumns = {},
  partitions: Partitions = {},
): ColumnMap {
  const header = [...fileColumns, ...Object.keys(partitions)];
  const layout = LAYOUTS.find((layout) =>
    layout.header.every((name) => indexOf(header, name) !== undefined)
  );
  const sources = new Map<ColumnName, number[]>();
  const taken = new Set<number>();
  const assign = (column: ColumnName, wanted: readonly string[]): void => {
    const found = wanted.map((name) => indexOf(header, name))
      .filter((index) => index !== undefined && !taken.has(index)) as number[];
    if (found.length === 0 || sources.has(column)) return;
    sources.set(column, found);
    for (const index of found) taken.add(index);
  };
  for (const [column, name] of Object.entries(own)) assign(column as ColumnName, [name]);
  for (const [column, names] of Object.entries(layout?.columns ?? {})) {
    assign(column as ColumnName, names);
  }
  for (const column of COLUMN_NAMES) assign(column, [column]);
  for (const column of COLUMN_NAMES) {
    for (const name of COLUMNS[column].names) assign(column, [name]);
  }
  const has = (column: ColumnName) => sources.has(column);
  const type = has("event_type") ? undefined : layout?.type;
  const sessionIsUser = !has("user_id") && has("user_session");
  const names = effectiveNames(header, sources);
  return {
    names: names.slice(0, fileColumns.length),
    partitionNames: names.slice(fileColumns.length),
    ...(type && { type }),
    sessionIsUser,
    ...(layout && { layout: layout.name }),
    missing: [
      ...Object.values(own).filter((name) => indexOf(header, name) === undefined),
      ...COLUMN_NAMES.filter((column) =>
        COLUMNS[column].required && !has(column) && own[column] === undefined &&
        !(column === "event_type" && type) && !(column === "user_id" && sessionIsUser)
      ),
    ],
    guesses: [
      ...describeLayout(layout, type),
      ...(layout ? [] : describeRenamed(header, sources, own)),
      ...(sessionIsUser ? ["no user ids: each session counts as a user"] : []),
      ...describeNear(header, sources, taken),
    ],
  };
}

function indexOf(header: readonly string[], name: string): number | undefined {
  const exact = header.indexOf(name);
  if (exact >= 0) return exact;
  const plain = plainName(name);
  const index = header.findIndex((other) => plainName(other) === plain);
  return index < 0 ? undefined : index;
}

function effectiveNames(
  header: readonly string[],
  sources: ReadonlyMap<ColumnName, readonly number[]>,
): string[] {
  const names = header.map((_, index) => `column ${index}`);
  for (const [column, indices] of sources) {
    indices.forEach((index, order) => {
      names[index] = order === 0 ? column : fallbackOf(column, order + 1);
    });
  }
  return names;
}

function describeLayout(layout: Layout | undefined, type: string | undefined): string[] {
  if (layout === undefined) return [];
  const all = type ? `, every row a ${type}` : "";
  return [`layout ${layout.name}${all} (--columns overrides)`];
}

function describeRenamed(
  header: readonly string[],
  sources: ReadonlyMap<ColumnName, readonly number[]>,
  own: OwnColumns,
): string[] {
  const renamed = [...sources].filter(([column, [index]]) =>
    plainName(header[index]) !== plainName(column) && own[column] === undefined
  ).map(([column, [index]]) => `${column}=${header[index]}`);
  return renamed.length === 0 ? [] : [`columns ${renamed.join(", ")} (--columns overrides)`];
}

/** Columns that aren't read though they look like ones that the file lacks. */
function describeNear(
  header: readonly string[],
  sources: ReadonlyMap<ColumnName, readonly number[]>,
  taken: ReadonlySet<number>,
): string[] {
  const lacking = COLUMN_NAMES.filter((column) => !sources.has(column));
  return header.filter((_, index) => !taken.has(index)).flatMap((name) => {
    const near = lacking.find((column) => plainName(name).includes(plainName(column))) ??
      nearestName(name, lacking);
    return near === undefined || plainName(name).length < 4
      ? []
      : [`column ${name} isn't read (--columns ${near}=${name} reads it)`];
  });
}
