import { textColumn } from "../../src/interactions/catalogue.ts";
import type { History } from "../../src/interactions/history.ts";
import { IdMap } from "../../src/interactions/id_map.ts";
import { groupByUser, type Interactions } from "../../src/interactions/interactions.ts";

/** Items per block, and users per block. */
export const BLOCK = 5;
export const BLOCKS = 3;

/**
 * A shop with three kinds of customers. The home of users 5b … 5b+4 is block b, the items 5b …
 * 5b+4: each views one item of each other block and then buys all items of the home block but one,
 * user 5b+i skipping item 5b+i. That missing item is what a model should recommend.
 *
 * Every user goes through the home block in a ring, starting after the missing item, in one session
 * with an event per minute, so order gives the same answer as co-occurrence and rating. Brand,
 * category and price do so as well.
 */
export function blockInteractions(): Interactions {
  const size = BLOCK * BLOCKS;
  const users: number[] = [], items: number[] = [], weights: number[] = [];
  const times: number[] = [];
  const add = (user: number, item: number, weight: number) => {
    times.push(1_570_000_000 + 3600 * user + 60 * times.length);
    users.push(user);
    items.push(item);
    weights.push(weight);
  };
  for (let user = 0; user < size; user++) {
    const first = user - user % BLOCK;
    for (let block = 1; block < BLOCKS; block++) add(user, (user + block * BLOCK) % size, 1);
    for (let step = 1; step < BLOCK; step++) add(user, first + (user + step) % BLOCK, 4);
  }
  const blockOf = (item: number) => Math.floor(item / BLOCK);
  const all = Array.from({ length: size }, (_, item) => item);
  return groupByUser({
    userIds: IdMap.from(all.map((user) => `user-${user}`)),
    itemIds: IdMap.from(all.map((item) => `item-${item}`)),
    users: Uint32Array.from(users),
    items: Uint32Array.from(items),
    weights: Float32Array.from(weights),
    times: Uint32Array.from(times),
    sessions: Uint32Array.from(users),
    catalogue: {
      brand: textColumn(all.map((item) => `brand-${blockOf(item)}`)),
      categoryId: textColumn(all.map((item) => `${100 + blockOf(item)}`)),
      categoryCode: textColumn(all.map((item) => `shop.block.${blockOf(item)}`)),
      price: Float32Array.from(all, (item) => 10 ** blockOf(item)),
    },
  });
}

/** The history of a user who bought these items, a minute apart, after all other users. */
export function purchasesOf(items: number[]): History {
  return {
    items: Uint32Array.from(items),
    weights: Float32Array.from(items, () => 4),
    times: Uint32Array.from(items, (_, i) => 1_570_200_000 + 60 * i),
  };
}
