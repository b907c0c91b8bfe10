import pl from "nodejs-polars";
import { countEach } from "../tables/frames.ts";

/**
 * Events of which some are marked to be dropped. Marking copies nothing; the rows are taken out at the end, all
 * at once.
 */
export interface MarkedEvents {
  /** With a column `row` that numbers the rows, and `dropped`: by which step, counted from 1, or 0. */
  readonly events: pl.DataFrame;
  /** The steps' names. */
  readonly steps: readonly string[];
}

/** A step's number, of the type of its column: otherwise both would be cast to 64 bits for every comparison. */
const numbered = (number: number): pl.Expr => pl.lit(number).cast(pl.UInt8, true);

/** Whether a row of {@linkcode MarkedEvents} stays. */
export const KEPT: pl.Expr = pl.col("dropped").eq(numbered(0));

/** Begins with all rows kept. */
export function markNone(events: pl.DataFrame): MarkedEvents {
  return {
    events: events.withRowIndex("row").withColumns(numbered(0).alias("dropped")),
    steps: [],
  };
}

/**
 * Marks rows that still stay as dropped.
 *
 * @param step What these rows are.
 * @param condition True in the rows to drop, never null.
 */
export function mark(
  { events, steps }: MarkedEvents,
  step: string,
  condition: pl.Expr,
): MarkedEvents {
  const number = numbered(steps.length + 1);
  const dropped = pl.when(KEPT.and(condition)).then(number).otherwise(pl.col("dropped"));
  return { events: events.withColumns(dropped.alias("dropped")), steps: [...steps, step] };
}

/**
 * Marks rows that still stay as dropped.
 *
 * @param flags A column of booleans, true in the rows to drop.
 */
export function markFlagged(marked: MarkedEvents, step: string, flags: pl.Series): MarkedEvents {
  const flagged = { ...marked, events: marked.events.withColumns(flags) };
  const { events, steps } = mark(flagged, step, pl.col(flags.name));
  return { events: events.drop(flags.name), steps };
}

/** How many rows each step dropped. */
export function countDropped({ events, steps }: MarkedEvents): { step: string; removed: number }[] {
  const counts = countEach(
    events,
    Object.fromEntries(
      steps.map((step, index) => [step, pl.col("dropped").eq(numbered(index + 1))]),
    ),
  );
  return steps.map((step) => ({ step, removed: counts[step] }));
}
