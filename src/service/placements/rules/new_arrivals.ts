import type { NamedRule } from "../definition/placements.ts";
import type { Caps } from "./caps.ts";
import { type Outcome, type Placed, withEffect } from "./outcome.ts";

/** What {@linkcode bringArrivals} works with. */
export interface ArrivalOptions {
  /** How many places the whole list has, pins included. */
  readonly places: number;
  /** How many of the pinned products are new arrivals. */
  readonly pinned: number;
  isNew(item: number): boolean;
  readonly caps: Caps;
  /** The best new arrivals that aren't on the list. */
  find(k: number): Promise<readonly Placed[]>;
}

/**
 * Gives new arrivals their share of a list: the last products that are none make way for the best
 * new arrivals, which come last, before pins. Of several rules the largest share holds.
 *
 * @returns The list, and what became of each rule.
 */
export async function bringArrivals(
  list: readonly Placed[],
  rules: readonly NamedRule[],
  { places, pinned, isNew, caps, find }: ArrivalOptions,
): Promise<{ placed: readonly Placed[]; outcomes: Outcome[] }> {
  const wanted = withEffect(rules, "newArrivals").map(({ name, newArrivals: { share } }) => ({
    rule: name,
    count: Math.ceil(share * places),
  })).toSorted((a, b) => b.count - a.count);
  if (wanted.length === 0) return { placed: list, outcomes: [] };
  const [{ rule, count }] = wanted;
  const there = pinned + list.filter(({ item }) => isNew(item)).length;
  const room = list.filter(({ item }) => !isNew(item));
  const leaving = room.slice(Math.max(0, room.length - Math.max(0, count - there)));
  for (const { item } of leaving) caps.add(item, -1);
  const free = Math.max(0, places - pinned - list.length);
  const found = count > there ? await find(Math.min(count - there, leaving.length + free)) : [];
  const arrivals = found.map((placed) => ({
    ...placed,
    effects: [...placed.effects, { rule, effect: "newArrivals" as const }],
  }));
  const gone = new Set(leaving.slice(Math.max(0, leaving.length - found.length)));
  for (const placed of leaving) if (!gone.has(placed)) caps.add(placed.item);
  const now = there + found.length;
  return {
    placed: [...list.filter((placed) => !gone.has(placed)), ...arrivals],
    outcomes: wanted.map(({ rule, count }) => ({
      ...{ rule, effect: "newArrivals" },
      ...(now >= count
        ? { isMet: true }
        : { isMet: false, detail: `${now} of ${count} places have new arrivals` }),
    })),
  };
}
