import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { EventWeights } from "../../interactions/event_weights.ts";
import type { PackedHistories } from "../../interactions/packed_histories.ts";

/** One purchase of a user. */
interface Purchase {
  readonly item: number;
  /** In seconds since 1970-01-01 UTC. */
  readonly time: number;
}

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
  const counts = new Map<number, number>();
  let user = -1, remaining = 0;
  let bought: Purchase[] = [];
  const endUser = () => {
    for (const other of boughtWith(item, bought)) counts.set(other, (counts.get(other) ?? 0) + 1);
    bought = [];
  };
  // Events come user by user.
  histories.forEach((product, weight, time) => {
    while (remaining === 0) {
      endUser();
      remaining = histories.lengthOf(++user);
    }
    remaining--;
    if (weight === purchase) bought.push({ item: product, time });
  });
  endUser();
  return [...counts].sort(([a, x], [b, y]) => y - x || a - b).slice(0, most).map(([other]) =>
    other
  );
}

/** What one user bought within a day of an item, each product once. */
function boughtWith(item: number, bought: readonly Purchase[]): Set<number> {
  const times = bought.filter((purchase) => purchase.item === item).map(({ time }) => time);
  if (times.length === 0) return new Set();
  const together = bought.filter((other) =>
    other.item !== item && times.some((time) => Math.abs(time - other.time) <= SECONDS_PER_DAY)
  );
  return new Set(together.map((other) => other.item));
}
