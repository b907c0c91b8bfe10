import { textColumn } from "../../src/interactions/catalogue.ts";
import type { History } from "../../src/interactions/history.ts";
import { IdMap } from "../../src/interactions/id_map.ts";
import { groupByUser, type Interactions } from "../../src/interactions/interactions.ts";

/** Items per block; users come in as many. */
export const BLOCK = 5;
export const BLOCKS = 3;

/**
 * A shop with three kinds of customers. Users 5b … 5b+4 use only the items of block b, 5b … 5b+4: each all of
 * them but one, user 5b+i leaving out item 5b+i. The item left out is what a model should recommend.
 *
 * Everybody goes through the block in a ring, beginning behind the missing item, in one session of a minute
 * an event, so that order tells the same as co-occurrence; brand, category and price tell it as well.
 */
export function blockInteractions(): Interactions {
  const users: number[] = [], items: number[] = [], weights: number[] = [];
  const times: number[] = [], sessions: number[] = [];
  for (let user = 0; user < BLOCK * BLOCKS; user++) {
    const first = user - user % BLOCK;
    for (let step = 1; step < BLOCK; step++) {
      users.push(user);
      items.push(first + (user - first + step) % BLOCK);
      weights.push([1, 2, 4][step % 3]);
      times.push(1_570_000_000 + 3600 * user + 60 * step);
      sessions.push(user);
    }
  }
  const size = BLOCK * BLOCKS;
  const blockOf = (item: number) => Math.floor(item / BLOCK);
  const all = Array.from({ length: size }, (_, item) => item);
  return groupByUser({
    userIds: IdMap.from(all.map((user) => `user-${user}`)),
    itemIds: IdMap.from(all.map((item) => `item-${item}`)),
    users: Uint32Array.from(users),
    items: Uint32Array.from(items),
    weights: Float32Array.from(weights),
    times: Uint32Array.from(times),
    sessions: Uint32Array.from(sessions),
    catalogue: {
      brand: textColumn(all.map((item) => `brand-${blockOf(item)}`)),
      categoryId: textColumn(all.map((item) => `${100 + blockOf(item)}`)),
      categoryCode: textColumn(all.map((item) => `shop.block.${blockOf(item)}`)),
      price: Float32Array.from(all, (item) => 10 ** blockOf(item)),
    },
  });
}

/** The history of one who saw these items, a minute apart, a view each unless weights are given. */
export function viewsOf(
  items: number[],
  { weights = items.map(() => 1), start = 1_570_200_000 } = {},
): History {
  return {
    items: Uint32Array.from(items),
    weights: Float32Array.from(weights),
    times: Uint32Array.from(items, (_, i) => start + 60 * i),
  };
}
