import type { InsideHistories } from "../../histories/inside.ts";
import { sleep } from "../../base/time.ts";
import type { Shop } from "../recommend/shop.ts";

/** An order of an artifact's users for the products of a category. */
export interface CategoryOrder {
  readonly category: number;
  /** The number of each user, in the order. */
  readonly users: Uint32Array;
  /** How many did something in the category: they come first. */
  readonly inCategory: number;
}

/** Of the histories of each artifact the last one, for requests that go on. */
const last = new WeakMap<InsideHistories, CategoryOrder>();

/** The category of products of unknown category. */
const NONE = 0;

/** How many users are looked at before other requests have their turn: some milliseconds. */
const CHUNK = 10_000;

/**
 * The artifact's users in the order in which a product's audience is looked for: first those who
 * did something in its category, by the share of all they did; then the others by number.
 *
 * @returns Undefined for the order of their numbers, if the product's category isn't known.
 */
export async function audienceOrder(
  { recommender: { models: { categories } } }: Pick<Shop, "recommender">,
  histories: InsideHistories,
  item: number,
): Promise<CategoryOrder | undefined> {
  const category = categories[item];
  if (category === NONE) return undefined;
  const known = last.get(histories);
  if (known?.category === category) return known;
  const { userIds, packed } = histories;
  const within = new Float32Array(userIds.size), all = new Float32Array(userIds.size);
  for (let from = 0; from < userIds.size; from += CHUNK) {
    packed.forEach((item, weight, _, user) => {
      all[user] += weight;
      if (categories[item] === category) within[user] += weight;
    }, { from, to: from + CHUNK });
    await sleep(0);
  }
  const shares = within.map((weight, user) => weight > 0 ? weight / all[user] : 0);
  const numbers = Uint32Array.from(shares, (_, user) => user);
  const users = new Uint32Array(numbers.length);
  const first = numbers.filter((user) => shares[user] > 0)
    .sort((a, b) => shares[b] - shares[a] || a - b);
  users.set(first);
  users.set(numbers.filter((user) => shares[user] === 0), first.length);
  const order = { category, users, inCategory: first.length };
  last.set(histories, order);
  return order;
}
