import type { Interactions } from "../../src/interactions/interactions.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";

/** A planted rating that isn't in the training data. */
export interface HeldOut {
  readonly user: number;
  readonly item: number;
  readonly rating: number;
}

/**
 * Ratings without noise from r = 8 + b_user + b_item + q·p with two factors: 70% for training, the
 * rest held out. The user's bias, the item's bias and their match have a standard deviation of
 * about one each.
 */
export function plantedRatings(
  { users = 80, items = 60, seed = 1 } = {},
): { train: Interactions; heldOut: HeldOut[] } {
  const random = createRandom(seed);
  const draw = () => ({ bias: random.normal(), vector: [random.normal(), random.normal()] });
  const ofUsers = Array.from({ length: users }, draw);
  const ofItems = Array.from({ length: items }, draw);
  const events: HandEvent[] = [];
  const heldOut: HeldOut[] = [];
  ofUsers.forEach(({ bias, vector: [x, y] }, user) => {
    ofItems.forEach(({ bias: itemBias, vector: [u, v] }, item) => {
      const rating = 8 + bias + itemBias + x * u + y * v;
      if (random.next() < 0.7) events.push([user, item, rating, events.length]);
      else heldOut.push({ user, item, rating });
    });
  });
  return { train: interactionsOf(events, { users, items }), heldOut };
}
