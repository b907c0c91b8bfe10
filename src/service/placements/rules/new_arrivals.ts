import { mostArrivals } from "../../recommend/bounded_arrivals.ts";
import type { UncertainProducts } from "../../recommend/uncertain_products.ts";
import type { NamedRule } from "../definition/placements.ts";
import { markItems } from "../../../interactions/item_marks.ts";
import { ARRIVAL_DAYS } from "../../schema/lists.ts";
import type { Cap, Caps } from "./caps.ts";
import { type Outcome, type Placed, withEffect } from "./outcome.ts";

/** How much of a list a rule lets new arrivals have. */
export interface ArrivalBounds {
  readonly rule: string;
  /** At least this many places. Default any number. */
  readonly least?: number;
  /** At most this many. Default any number. */
  readonly most?: number;
  /** How new each product is, by item number; 0 for those that are no new arrivals. */
  readonly newness: ArrayLike<number>;
}

/**
 * The bounds that rules set to the new arrivals of a list.
 *
 * @param options `places`: how many the whole list has. `newness`: how new each product is, within
 *   some days.
 */
export function arrivalBounds(
  rules: readonly NamedRule[],
  { places, newness }: {
    readonly places: number;
    readonly newness: (days: number) => Promise<{ readonly newness: Float32Array }>;
  },
): Promise<ArrivalBounds[]> {
  return Promise.all(
    withEffect(rules, "newArrivals").map(
      async ({ name, newArrivals: { share, most, days = ARRIVAL_DAYS } }) => ({
        rule: name,
        ...(share !== undefined && { least: Math.ceil(share * places) }),
        ...(most !== undefined && { most: Math.floor(most * places) }),
        newness: (await newness(days)).newness,
      }),
    ),
  );
}

/** The bounds from above, as caps. */
export function arrivalCaps(bounds: readonly ArrivalBounds[]): Cap[] {
  return bounds.flatMap(({ rule, most, newness }) =>
    most === undefined ? [] : [{
      ...{ rule, effect: "newArrivals", kind: "new arrivals", most },
      groups: marked(newness),
    }]
  );
}

/**
 * The bound that holds where no rule says how many new arrivals a list has: on products of which
 * events say nothing or little, see {@linkcode mostArrivals}.
 */
export function defaultArrivalCap(
  { items, size }: UncertainProducts,
  { places }: { readonly places: number },
): Cap {
  const groups = markItems(items, size);
  return {
    ...{ rule: "default", effect: "newArrivals", kind: "new arrivals", isSoft: true, groups },
    most: mostArrivals(places),
  };
}

/** 1 for each number above 0. */
function marked(numbers: ArrayLike<number>): Uint8Array {
  const marks = new Uint8Array(numbers.length);
  for (let i = 0; i < marks.length; i++) if (numbers[i] > 0) marks[i] = 1;
  return marks;
}

/** What {@linkcode bringArrivals} works with. */
export interface ArrivalOptions {
  /** How many places the whole list has, pins included. */
  readonly places: number;
  /** The pinned products. */
  readonly pinned: readonly number[];
  readonly caps: Caps;
  /** The best products that aren't on the list, of those that are meant. */
  find(k: number, isMeant: (item: number) => boolean): Promise<readonly Placed[]>;
}

/**
 * Gives new arrivals their least share of a list: the last products that are none make way for the
 * best new arrivals, which come last, before pins. Of several rules the largest share holds.
 *
 * @returns The list, and what became of each rule.
 */
export async function bringArrivals(
  list: readonly Placed[],
  bounds: readonly ArrivalBounds[],
  { places, pinned, caps, find }: ArrivalOptions,
): Promise<{ placed: readonly Placed[]; outcomes: Outcome[] }> {
  const wanted = bounds.flatMap(({ least, ...bound }) =>
    least === undefined ? [] : [{ ...bound, count: least }]
  ).toSorted((a, b) => b.count - a.count);
  if (wanted.length === 0) return { placed: list, outcomes: [] };
  const [{ rule, count, newness }] = wanted;
  const isNew = (item: number) => newness[item] > 0;
  const there = pinned.filter(isNew).length + list.filter(({ item }) => isNew(item)).length;
  const room = list.filter(({ item }) => !isNew(item));
  const leaving = room.slice(Math.max(0, room.length - Math.max(0, count - there)));
  for (const { item } of leaving) caps.add(item, -1);
  const free = Math.max(0, places - pinned.length - list.length);
  const found = count > there
    ? await find(Math.min(count - there, leaving.length + free), isNew)
    : [];
  const arrivals = found.map((placed) => ({
    ...placed,
    effects: [...placed.effects, { rule, effect: "newArrivals" as const }],
  }));
  const gone = new Set(leaving.slice(Math.max(0, leaving.length - found.length)));
  for (const placed of leaving) if (!gone.has(placed)) caps.add(placed.item);
  const placed = [...list.filter((placed) => !gone.has(placed)), ...arrivals];
  const items = [...pinned, ...placed.map(({ item }) => item)];
  return {
    placed,
    outcomes: wanted.map(({ rule, count, newness }) => {
      const now = items.filter((item) => newness[item] > 0).length;
      return {
        ...{ rule, effect: "newArrivals" },
        ...(now >= count
          ? { isMet: true }
          : { isMet: false, detail: `${now} of ${count} places have new arrivals` }),
      };
    }),
  };
}
