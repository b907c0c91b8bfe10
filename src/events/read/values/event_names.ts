import pl from "nodejs-polars";
import { EVENT_TYPES, type EventNames } from "../../tables/event_types.ts";
import { countWhere } from "../../tables/frames.ts";
import { type InterpretedNames, interpretNames } from "./interpret_names.ts";

/** Events with types for names. */
export interface NamedEvents extends Omit<InterpretedNames, "types"> {
  /** Events of known and unknown names; unknown ones keep theirs. */
  readonly events: pl.DataFrame;
}

const NONE: ReadonlyMap<string, number> = new Map();

/**
 * Translates the names of events to types.
 *
 * @param own What the shop's own names mean.
 */
export function nameEvents(events: pl.DataFrame, own: EventNames = {}): NamedEvents {
  const plain = pl.col("event_type").isIn([...EVENT_TYPES]).fillNull(false);
  const others = Object.keys(own).length > 0 || countWhere(events, plain.not()) > 0;
  if (!others) return { events, translated: NONE, unknown: NONE, ignored: 0 };

  const counts = events.groupBy("event_type").agg(pl.len().cast(pl.Float64, true).alias("rows"));
  const names = counts.getColumn("event_type").toArray() as (string | null)[];
  const rows = counts.getColumn("rows").toArray() as number[];
  const { types, ...facts } = interpretNames(names, rows, own);
  const translation = pl.DataFrame([
    pl.Series("event_type", names, pl.Utf8),
    pl.Series("type", [...types], pl.Utf8),
  ]);
  const named = events
    .join(translation, { on: "event_type", how: "left", maintainOrder: "left" })
    .withColumns(pl.col("type").alias("event_type"))
    .select(...events.columns);
  return {
    ...facts,
    events: facts.ignored === 0
      ? named
      : named.filter(pl.col("event_type").neq(pl.lit("")).fillNull(true)),
  };
}
