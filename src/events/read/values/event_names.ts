import pl from "nodejs-polars";
import { EVENT_TYPES, type EventNames, eventTypeNamed } from "../../tables/event_types.ts";
import { countWhere } from "../../tables/frames.ts";
import { isMissing } from "./missing.ts";

/** Events with types for names. */
export interface NamedEvents {
  /** Events of known and unknown names; unknown ones keep theirs. */
  readonly events: pl.DataFrame;
  /** The number of events by name in the file, that had to be translated. */
  readonly translated: ReadonlyMap<string, number>;
  /** The number of events by unknown name. */
  readonly unknown: ReadonlyMap<string, number>;
  /** The number of events that the shop ignores. */
  readonly ignored: number;
}

/** What events without a name are called. */
export const NO_NAME = "(none)";

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
  const types = names.map((name) => isNone(name) ? undefined : eventTypeNamed(name, own));
  const countOf = (wanted: (type: string | undefined, name: string | null) => boolean) => {
    const counts = new Map<string, number>();
    names.forEach((name, i) => {
      if (!wanted(types[i], name)) return;
      const shown = isNone(name) ? NO_NAME : name;
      counts.set(shown, (counts.get(shown) ?? 0) + rows[i]);
    });
    return counts;
  };
  const translation = pl.DataFrame([
    pl.Series("event_type", names, pl.Utf8),
    pl.Series(
      "type",
      types.map((type, i) => type ?? (isNone(names[i]) ? null : names[i])),
      pl.Utf8,
    ),
  ]);
  const named = events
    .join(translation, { on: "event_type", how: "left", maintainOrder: "left" })
    .withColumns(pl.col("type").alias("event_type"))
    .select(...events.columns);
  const ignored = countOf((type) => type === "");
  return {
    events: ignored.size === 0
      ? named
      : named.filter(pl.col("event_type").neq(pl.lit("")).fillNull(true)),
    translated: countOf((type, name) => Boolean(type) && type !== name),
    unknown: countOf((type) => type === undefined),
    ignored: [...ignored.values()].reduce((sum, rows) => sum + rows, 0),
  };
}

function isNone(name: string | null): name is null {
  return name === null || isMissing(name);
}
