import pl from "nodejs-polars";
import { countEach } from "../tables/frames.ts";

/**
 * Events with the rows to drop marked. Marking copies nothing; all rows are dropped together at the
 * end.
 */
export interface FilteredEvents {
  /**
   * With a column `row`, the row's number, and `dropped`, the step (from 1) that drops it, or 0.
   */
  readonly events: pl.DataFrame;
  /** The steps' names. */
  readonly steps: readonly string[];
}

/** A step's number in the type of its column, so that comparing them casts neither to 64 bits. */
const stepNumber = (number: number): pl.Expr => pl.lit(number).cast(pl.UInt8, true);

/** Whether a row of {@linkcode FilteredEvents} is kept. */
export const KEPT: pl.Expr = pl.col("dropped").eq(stepNumber(0));

/** Starts with every row kept. */
export function keepAll(events: pl.DataFrame): FilteredEvents {
  return {
    events: events.withRowIndex("row").withColumns(stepNumber(0).alias("dropped")),
    steps: [],
  };
}

/**
 * Drops rows that were kept so far.
 *
 * @param step Names the rows that are dropped.
 * @param condition True in the rows to drop, never null.
 */
export function dropWhere(
  { events, steps }: FilteredEvents,
  step: string,
  condition: pl.Expr,
): FilteredEvents {
  const number = stepNumber(steps.length + 1);
  const dropped = pl.when(KEPT.and(condition)).then(number).otherwise(pl.col("dropped"));
  return { events: events.withColumns(dropped.alias("dropped")), steps: [...steps, step] };
}

/**
 * Drops rows that were kept so far.
 *
 * @param flags A boolean column, true in the rows to drop.
 */
export function dropFlagged(
  filtered: FilteredEvents,
  step: string,
  flags: pl.Series,
): FilteredEvents {
  const flagged = { ...filtered, events: filtered.events.withColumns(flags) };
  const { events, steps } = dropWhere(flagged, step, pl.col(flags.name));
  return { events: events.drop(flags.name), steps };
}

/** The number of rows that each step dropped. */
export function countDropped(
  { events, steps }: FilteredEvents,
): { step: string; removed: number }[] {
  const counts = countEach(
    events,
    Object.fromEntries(
      steps.map((step, index) => [step, pl.col("dropped").eq(stepNumber(index + 1))]),
    ),
  );
  return steps.map((step) => ({ step, removed: counts[step] }));
}
