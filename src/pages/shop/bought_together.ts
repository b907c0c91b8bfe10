import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { EventWeights } from "../../interactions/event_weights.ts";
import type { Interactions } from "../../interactions/interactions.ts";

type Events = Pick<Interactions, "indptr" | "items" | "weights" | "times">;

/**
 * The products that users bought within a day of buying one, those of the most users first; ties in
 * the order of their numbers.
 *
 * @param item The product's number.
 */
export function boughtTogether(
  { indptr, items, weights, times }: Events,
  item: number,
  { eventWeights: { purchase }, most }: { eventWeights: EventWeights; most: number },
): number[] {
  const isBought = (event: number) => weights[event] === Math.fround(purchase);
  const counts = new Map<number, number>();
  for (let user = 0; user + 1 < indptr.length; user++) {
    const events = { from: indptr[user], to: indptr[user + 1] };
    const others = new Set<number>();
    for (let i = events.from; i < events.to; i++) {
      if (items[i] !== item || !isBought(i)) continue;
      for (let j = events.from; j < events.to; j++) {
        const isSameDay = Math.abs(times[j] - times[i]) <= SECONDS_PER_DAY;
        if (items[j] !== item && isSameDay && isBought(j)) others.add(items[j]);
      }
    }
    for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || a - b).slice(0, most).map(([other]) =>
    other
  );
}
