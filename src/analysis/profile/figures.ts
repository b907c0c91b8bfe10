import pl from "nodejs-polars";
import { collectRecords } from "../../events/tables/expressions.ts";
import { type ByEventType, TYPES } from "./events_profile.ts";

/** A value for each type of event. */
export function byType<T>(of: (type: typeof TYPES[number]) => T): ByEventType<T> {
  return Object.fromEntries(TYPES.map((type) => [type, of(type)])) as ByEventType<T>;
}

/** The share of rows that satisfy a condition. */
export function share(condition: pl.Expr, name: string): pl.Expr {
  return condition.cast(pl.Float64, true).mean().alias(name);
}

/** Collects a table of one row; null becomes NaN. */
export async function collectFigures(frame: pl.LazyDataFrame): Promise<(name: string) => number> {
  const [row] = await collectRecords<Record<string, number | null>>(frame);
  return (name) => row[name] ?? NaN;
}
