import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { IdMap } from "../../src/interactions/id_map.ts";
import { textColumn } from "../../src/interactions/catalogue.ts";
import { groupByUser, type Interactions } from "../../src/interactions/interactions.ts";
import { createRandom } from "../../src/linalg/random.ts";

/**
 * A shop whose fashion changes: every day 300 visits, each by a random user to a product a little
 * further on than yesterday's, so that recent popularity says more than old popularity.
 *
 * @param options `lastDays`: what the last days, which are the test window of a split, are made of:
 * another number makes other events at the same times.
 */
export function changingShop(
  { users = 240, items = 60, days = 20, seed = 1, lastDays = 0 } = {},
): Interactions {
  const random = createRandom(seed);
  const events = Array.from({ length: 300 * days }, (_, i) => {
    const day = Math.floor(i / 300);
    const fashion = 2 * day + Math.abs(4 * random.normal());
    const turned = day >= days - 3 ? lastDays : 0;
    return {
      user: random.integer(users),
      item: (Math.floor(fashion) + turned) % items,
      weight: [1, 1, 1, 2, 4][random.integer(5)],
      time: day * DAY + (i % 300) * 200,
    };
  });
  const name = (kind: string, size: number) =>
    Array.from({ length: size }, (_, i) => `${kind}${i}`);
  return groupByUser({
    userIds: IdMap.from(name("ü", users)),
    itemIds: IdMap.from(name("item", items)),
    users: Uint32Array.from(events, ({ user }) => user),
    items: Uint32Array.from(events, ({ item }) => item),
    weights: Float32Array.from(events, ({ weight }) => weight),
    times: Uint32Array.from(events, ({ time }) => time),
    sessions: Uint32Array.from(events, (_, i) => i),
    catalogue: {
      categoryId: textColumn(name("", items)),
      categoryCode: textColumn(name("shop.", items)),
      brand: textColumn(name("brand", items)),
      price: new Float32Array(items).fill(5),
    },
  });
}
