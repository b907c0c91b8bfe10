import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { EventWeights } from "../../interactions/event_weights.ts";
import type { History } from "../../interactions/history.ts";
import type { PackedHistories } from "../../interactions/packed_histories.ts";

/**
 * The products that users bought within a day of buying one, those of the most users first; ties in
 * the order of their numbers.
 *
 * @param item The product's number.
 */
export function boughtTogether(
  histories: PackedHistories,
  item: number,
  { eventWeights, most }: { eventWeights: EventWeights; most: number },
): number[] {
  const purchase = Math.fround(eventWeights.purchase);
  const buyers = new Set<number>();
  histories.forEach((bought, weight, _time, user) => {
    if (bought === item && weight === purchase) buyers.add(user);
  });
  const counts = new Map<number, number>();
  for (const user of buyers) {
    for (const other of boughtBeside(histories.of(user), item, purchase)) {
      counts.set(other, (counts.get(other) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || a - b).slice(0, most).map(([other]) =>
    other
  );
}

/** The other products that one user bought within a day of buying an item. */
function boughtBeside(
  { items, weights, times }: History,
  item: number,
  purchase: number,
): Set<number> {
  const others = new Set<number>();
  for (let i = 0; i < items.length; i++) {
    if (items[i] !== item || weights[i] !== purchase) continue;
    for (let j = 0; j < items.length; j++) {
      const isSameDay = Math.abs(times[j] - times[i]) <= SECONDS_PER_DAY;
      if (items[j] !== item && isSameDay && weights[j] === purchase) others.add(items[j]);
    }
  }
  return others;
}
