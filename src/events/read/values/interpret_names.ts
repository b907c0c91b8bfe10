import { type EventNames, eventTypeNamed } from "../../tables/event_types.ts";
import { isMissing } from "./missing.ts";

/** What the names of a shop's events mean. */
export interface InterpretedNames {
  /**
   * The type of each name, in the order of the names: the name itself if it is unknown, null if it
   * is missing, empty if the shop ignores such events.
   */
  readonly types: readonly (string | null)[];
  /** The number of events by name that had to be translated. */
  readonly translated: ReadonlyMap<string, number>;
  /** The number of events by unknown name. */
  readonly unknown: ReadonlyMap<string, number>;
  /** The number of events that the shop ignores. */
  readonly ignored: number;
}

/** What events without a name are called. */
export const NO_NAME = "(none)";

/**
 * Interprets the names of events.
 *
 * @param names Each name once; null if missing.
 * @param rows The number of events of each.
 * @param own What the shop's own names mean.
 */
export function interpretNames(
  names: readonly (string | null)[],
  rows: readonly number[],
  own: EventNames = {},
): InterpretedNames {
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
  const ignored = countOf((type) => type === "");
  return {
    types: types.map((type, i) => type ?? (isNone(names[i]) ? null : names[i])),
    translated: countOf((type, name) => Boolean(type) && type !== name),
    unknown: countOf((type) => type === undefined),
    ignored: [...ignored.values()].reduce((sum, rows) => sum + rows, 0),
  };
}

function isNone(name: string | null): name is null {
  return name === null || isMissing(name);
}
