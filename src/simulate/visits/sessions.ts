import type { Random } from "../../linalg/random.ts";
import { priceOf } from "../products/catalogue.ts";
import { drawIntent, type Intent } from "./intent.ts";
import { drawGap, isInterrupted } from "./pace.ts";
import { cheapness } from "../products/prices.ts";
import type { Shop } from "../products/shop.ts";
import { firstProduct, freshProduct, nextProduct } from "./taste.ts";
import { CART, type EventCode, PURCHASE, REMOVAL, type Timeline, VIEW } from "./timeline.ts";
import { remember, type User } from "./users.ts";

/** A session in progress. */
interface Session {
  readonly shop: Shop;
  readonly timeline: Timeline;
  readonly user: User;
  readonly number: number;
  readonly interrupted: boolean;
  /** Seconds since the start of the simulation. */
  time: number;
  /** The product of the last event, or -1 before the first. */
  last: number;
  /** Whether the last event was a view. */
  viewed: boolean;
}

/** How many times likelier the next event has the same type as the last. */
const BURST = 3;
/** Share of views that view the same product again. */
const VIEWS_AGAIN = 0.2;
/** Share of earlier buyers' additions to the cart that buy a product again. */
const REBUYS = 0.12;
/** A full cart drops its oldest product. */
const CART_LIMIT = 60;
/** How often the more expensive of two products is removed from the cart. */
const HESITATES = 0.6;
/** Shares of rows, by type, that the shop's log has twice: a quarter of removals are copies. */
const COPIED = [0, 0.024, 1 / 3, 0];

/**
 * Plays a user's session and adds its events to the timeline.
 *
 * @param start Seconds since the start of the simulation.
 * @returns The time of the last event.
 */
export function playSession(
  shop: Shop,
  timeline: Timeline,
  user: User,
  number: number,
  start: number,
): number {
  const interrupted = isInterrupted(shop.random);
  const session: Session = {
    shop,
    timeline,
    user,
    number,
    interrupted,
    time: start,
    last: -1,
    viewed: false,
  };
  if (user.bot) crawl(session);
  else carryOut(session, drawIntent(user.loyalty, shop.random));
  return session.time;
}

/** Carries out an intent, each type of event in bursts, the purchase last. */
function carryOut(session: Session, { views, carts, removals, purchases }: Intent): void {
  const remaining = [views, carts, removals];
  let type: EventCode | undefined;
  while (remaining[VIEW] + remaining[CART] + remaining[REMOVAL] > 0) {
    type = nextType(remaining, type, session.shop.random);
    remaining[type]--;
    if (type === VIEW) view(session);
    else if (type === CART) addToCart(session);
    else removeFromCart(session);
  }
  if (purchases > 0) buy(session, purchases);
}

/** Draws a type by its remaining events; the current one is {@linkcode BURST} times as likely. */
function nextType(
  remaining: readonly number[],
  current: EventCode | undefined,
  random: Random,
): EventCode {
  const weight = (type: EventCode) => remaining[type] * (type === current ? BURST : 1);
  const wanted = random.next() * (weight(VIEW) + weight(CART) + weight(REMOVAL));
  if (wanted < weight(VIEW)) return VIEW;
  return wanted < weight(VIEW) + weight(CART) ? CART : REMOVAL;
}

function view(session: Session): void {
  const { shop, user, last } = session;
  let product = last;
  if (last < 0) product = firstProduct(shop, user, "view");
  else if (shop.random.next() >= VIEWS_AGAIN) product = nextProduct(shop, user, "view", last);
  record(session, VIEW, product);
  remember(user.seen, product);
  session.viewed = true;
}

function addToCart(session: Session): void {
  const { seen, cart } = session.user;
  const product = chooseForCart(session);
  record(session, CART, product);
  remember(seen, product);
  if (cart.includes(product)) return;
  if (cart.length === CART_LIMIT) cart.shift();
  cart.push(product);
}

/** The product just viewed if it is cheap, one needed again, or one only seen in a list. */
function chooseForCart({ shop, user, last, viewed }: Session): number {
  const { random, catalogue } = shop;
  if (viewed && random.next() < cheapness(priceOf(catalogue, last))) return last;
  if (user.needs.length > 0 && random.next() < REBUYS) {
    return user.needs[random.integer(user.needs.length)];
  }
  return last < 0 ? firstProduct(shop, user, "cart") : nextProduct(shop, user, "cart", last);
}

/** Removes a product from the cart, or one that was in it before the simulation began. */
function removeFromCart(session: Session): void {
  const { shop, user } = session;
  const candidates = shop.random.next() < HESITATES ? 2 : 1;
  record(
    session,
    REMOVAL,
    takeOut(shop, user.cart, candidates) ?? freshProduct(shop, user, "cart"),
  );
}

/** Buys products of the cart, or ones in it before the simulation began, all in one second. */
function buy(session: Session, count: number): void {
  const { shop, user } = session;
  const { consumable, seriesOf } = shop.catalogue;
  const bought = new Set<number>();
  for (let attempt = 0; attempt < 2 * count && bought.size < count; attempt++) {
    const product = takeOut(shop, user.cart) ?? freshProduct(shop, user, "cart");
    if (bought.has(product)) continue;
    record(session, PURCHASE, product, bought.size > 0 ? 0 : undefined);
    bought.add(product);
    if (consumable[seriesOf[product]]) remember(user.needs, product);
  }
}

/** Views random products, a few seconds apart, as a bot does. */
function crawl(session: Session): void {
  const { catalogue, demand, random } = session.shop;
  for (let remaining = 20 + random.integer(80); remaining > 0; remaining--) {
    const product = demand.draw("view", 0, catalogue.size.products);
    record(session, VIEW, product, 1 + random.integer(5));
  }
}

/**
 * Advances the time, except for the session's first event, and records the event.
 *
 * @param gap Seconds since the last event. Default: drawn by the type of event.
 */
function record(session: Session, type: EventCode, product: number, gap?: number): void {
  const { shop: { random }, timeline, user, number, time, interrupted } = session;
  if (session.last >= 0) session.time += gap ?? drawGap(random, { type, time, interrupted });
  session.last = product;
  session.viewed = false;
  const copies = random.next() < COPIED[type] ? 2 : 1;
  for (let i = 0; i < copies; i++) timeline.add(session.time, type, product, user.id, number);
}

/** Removes the most expensive of some candidates from the cart; recent additions are likelier. */
function takeOut({ catalogue, random }: Shop, cart: number[], candidates = 1): number | undefined {
  if (cart.length === 0) return undefined;
  let chosen = -1;
  for (let i = 0; i < candidates; i++) {
    const at = cart.length - 1 - Math.floor(cart.length * random.next() ** 2);
    if (chosen < 0 || priceOf(catalogue, cart[at]) > priceOf(catalogue, cart[chosen])) chosen = at;
  }
  return cart.splice(chosen, 1)[0];
}
