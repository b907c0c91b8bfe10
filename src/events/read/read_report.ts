/** The number of rows by name of event, or by another name. */
export type Counts = Readonly<Record<string, number>>;

/** What reading events found out about the files. */
export interface ReadReport {
  /** Rows of all files, rejected ones included. */
  readonly rows: number;
  /** Events that `--types` ignores. */
  readonly ignored: number;
  /** Events by the names of types in the files that had to be translated. */
  readonly translated: Counts;
  /** Events by unknown names of types. */
  readonly unknownTypes: Counts;
  /** The number of prices that can't be read. */
  readonly unreadablePrices: number;
  /** What was guessed or looks wrong, in words, each once. */
  readonly notes: readonly string[];
}

/** Adds counts to those of a map. */
export function addCounts(counts: Map<string, number>, added: ReadonlyMap<string, number>): void {
  for (const [name, rows] of added) counts.set(name, (counts.get(name) ?? 0) + rows);
}

/** Names with their counts, the largest first, ties by name. */
export function largestFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, rows], [b, others]) => others - rows || (a < b ? -1 : 1));
}
