import type { Random } from "../../linalg/random.ts";
import { priceOf } from "../products/catalogue.ts";
import { drawIntent, type Intent } from "./intent.ts";
import { drawGap, isInterrupted } from "./pace.ts";
import { cheapness } from "../products/prices.ts";
import type { Shop } from "../products/shop.ts";
import { firstProduct, freshProduct, nextProduct } from "./taste.ts";
import { CART, type EventCode, PURCHASE, REMOVAL, type Timeline, VIEW } from "./timeline.ts";
import { remember, type User } from "./users.ts";

/** A session under way. */
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

/** How many times likelier the next event is of the kind that is under way. */
const BURST = 3;
/** A view goes back to the same product. */
const VIEWS_AGAIN = 0.2;
/** Share of what somebody puts into the cart, who bought before, that is bought again. */
const REBUYS = 0.12;
/** What doesn't fit into the cart pushes the oldest out. */
const CART_LIMIT = 60;
/** The dearer of two products leaves the cart. */
const HESITATES = 0.6;
/** Shares of the rows that the shop's log holds twice: a quarter of all removals are such copies. */
const COPIED = [0, 0.024, 1 / 3, 0];

/**
 * Plays one session of a user and puts its events on the timeline.
 *
 * @param start Seconds since the start of the simulation.
 * @returns When the last event took place.
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
  else act(session, drawIntent(user.loyalty, shop.random));
  return session.time;
}

/** Does what was intended, each kind in bursts, the purchase last. */
function act(session: Session, { views, carts, removals, purchases }: Intent): void {
  const left = [views, carts, removals];
  let kind: EventCode | undefined;
  while (left[VIEW] + left[CART] + left[REMOVAL] > 0) {
    kind = nextKind(left, kind, session.shop.random);
    left[kind]--;
    if (kind === VIEW) view(session);
    else if (kind === CART) putIntoCart(session);
    else removeFromCart(session);
  }
  if (purchases > 0) buy(session, purchases);
}

/** Each kind as often as it has events left, the one that is under way {@linkcode BURST} times as often. */
function nextKind(
  left: readonly number[],
  current: EventCode | undefined,
  random: Random,
): EventCode {
  const weight = (kind: EventCode) => left[kind] * (kind === current ? BURST : 1);
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

function putIntoCart(session: Session): void {
  const { seen, cart } = session.user;
  const product = chooseForCart(session);
  record(session, CART, product);
  remember(seen, product);
  if (cart.includes(product)) return;
  if (cart.length === CART_LIMIT) cart.shift();
  cart.push(product);
}

/** The product just viewed if it is cheap, something needed again, or what was seen in a list only. */
function chooseForCart({ shop, user, last, viewed }: Session): number {
  const { random, catalogue } = shop;
  if (viewed && random.next() < cheapness(priceOf(catalogue, last))) return last;
  if (user.needs.length > 0 && random.next() < REBUYS) {
    return user.needs[random.integer(user.needs.length)];
  }
  return last < 0 ? firstProduct(shop, user, "cart") : nextProduct(shop, user, "cart", last);
}

/** Takes something out of the cart; what was in it before the simulation is made up now. */
function removeFromCart(session: Session): void {
  const { shop, user } = session;
  const candidates = shop.random.next() < HESITATES ? 2 : 1;
  record(
    session,
    REMOVAL,
    takeOut(shop, user.cart, candidates) ?? freshProduct(shop, user, "cart"),
  );
}

/** Buys from the cart, all in one second; what was in it before the simulation is made up now. */
function buy(session: Session, count: number): void {
  const { shop, user } = session;
  const { consumable, seriesOf } = shop.catalogue;
  const bought = new Set<number>();
  for (let tries = 0; tries < 2 * count && bought.size < count; tries++) {
    const product = takeOut(shop, user.cart) ?? freshProduct(shop, user, "cart");
    if (bought.has(product)) continue;
    record(session, PURCHASE, product, bought.size > 0 ? 0 : undefined);
    bought.add(product);
    if (consumable[seriesOf[product]]) remember(user.needs, product);
  }
}

/** A bot views products of all kinds, a few seconds apart. */
function crawl(session: Session): void {
  const { catalogue, demand, random } = session.shop;
  for (let left = 20 + random.integer(80); left > 0; left--) {
    const product = demand.draw("view", 0, catalogue.size.products);
    record(session, VIEW, product, 1 + random.integer(5));
  }
}

/**
 * Lets time pass, unless this is the session's first event, and writes the event down.
 *
 * @param gap Seconds since the last event; drawn for the kind of event where it isn't given.
 */
function record(session: Session, type: EventCode, product: number, gap?: number): void {
  const { shop: { random }, timeline, user, number, time, interrupted } = session;
  if (session.last >= 0) session.time += gap ?? drawGap(random, { type, time, interrupted });
  session.last = product;
  session.viewed = false;
  const copies = random.next() < COPIED[type] ? 2 : 1;
  for (let i = 0; i < copies; i++) timeline.add(session.time, type, product, user.id, number);
}

/** Takes one of the products put in last, rather than an old one: the dearest of a few candidates. */
function takeOut({ catalogue, random }: Shop, cart: number[], candidates = 1): number | undefined {
  if (cart.length === 0) return undefined;
  let chosen = -1;
  for (let i = 0; i < candidates; i++) {
    const at = cart.length - 1 - Math.floor(cart.length * random.next() ** 2);
    if (chosen < 0 || priceOf(catalogue, cart[at]) > priceOf(catalogue, cart[chosen])) chosen = at;
  }
  return cart.splice(chosen, 1)[0];
}
