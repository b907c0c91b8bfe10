import { minuteText } from "../base/time.ts";
import { categoryOf, textAt, UNKNOWN } from "../interactions/catalogue.ts";
import { type EventType, eventTypeOf } from "../interactions/event_weights.ts";
import type { History } from "../interactions/history.ts";
import { type Interactions, type ShopInteractions } from "../interactions/interactions.ts";
import { createRandom, shuffle } from "../linalg/random.ts";
import type { Model } from "../models/model.ts";
import { rank } from "../models/rank.ts";

/** One event of a user, formatted for a table. */
export interface HistoryRow {
  /** For example `2019-10-31 23:59`, UTC. */
  readonly time: string;
  readonly event: EventType;
  readonly product: string;
  /** `unknown` if the shop gave none. */
  readonly brand: string;
  /** The category's path, or its number if the shop gave no path. */
  readonly category: string;
  /** With two decimals. */
  readonly price: string;
}

/** One model's name, and its products under `#1`, `#2` and so on. */
export type ListRow = Readonly<Record<string, string>>;

/** Marks a product that the user went on to view or buy. */
export const HIT = "✓";

const USERS = 3;
const SEED = 1;
/** Events of a history. */
const EVENTS = 8;
/** Products of a list. */
const PLACES = 5;

/**
 * A sample of users with a history of 5 to 20 events and at least one event after the cut.
 *
 * @param parts Before and after the cut, with the same users.
 * @returns Row numbers of at most three users, the same each time.
 */
export function exampleUsers(
  { history, truth }: { history: Interactions; truth: Interactions },
): number[] {
  const eventsOf = ({ indptr }: Interactions, user: number) => indptr[user + 1] - indptr[user];
  const users = Array.from({ length: history.userIds.size }, (_, user) => user).filter((user) => {
    const past = eventsOf(history, user);
    return past >= 5 && past <= 20 && eventsOf(truth, user) > 0;
  });
  return shuffle(users, createRandom(SEED)).slice(0, USERS);
}

/**
 * The latest eight events of a user, oldest first.
 */
export function historyRows(
  shop: ShopInteractions,
  { items, weights, times }: History,
): HistoryRow[] {
  return Array.from(items, (item, i) => ({
    time: minuteText(times[i]),
    event: eventTypeOf(weights[i]),
    product: shop.itemIds.idAt(item),
    brand: textAt(shop.catalogue.brand, item),
    category: categoryOf(shop.catalogue, item),
    price: priceOf(shop, item),
  })).slice(-EVENTS);
}

/**
 * The lists of several models for one user, a row each: brand, price and number of each product,
 * marked with {@linkcode HIT} if the user went on to it.
 *
 * @param user The user's events before and after the cut.
 */
export function listRows(
  models: ReadonlyMap<string, Model>,
  shop: ShopInteractions,
  user: { history: History; truth: History },
): ListRow[] {
  const relevant = new Set(user.truth.items);
  return [...models].map(([name, model]) => {
    const row: Record<string, string> = { model: name };
    for (let place = 1; place <= PLACES; place++) row[`#${place}`] = "";
    rank(model, user.history, { k: PLACES }).indices.forEach((item, i) => {
      row[`#${i + 1}`] = nameOf(shop, item) + (relevant.has(item) ? ` ${HIT}` : "");
    });
    return row;
  });
}

function nameOf(shop: ShopInteractions, item: number): string {
  const brand = textAt(shop.catalogue.brand, item);
  const described = `${priceOf(shop, item)} (${shop.itemIds.idAt(item)})`;
  return brand === UNKNOWN ? described : `${brand} ${described}`;
}

function priceOf({ catalogue }: ShopInteractions, item: number): string {
  return catalogue.price[item].toFixed(2);
}
