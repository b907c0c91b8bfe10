import type { Random } from "../../linalg/random.ts";
import type { Shop } from "../products/shop.ts";
import { addToCart, buy, removeFromCart } from "./cart.ts";
import { drawIntent, type Intent } from "./intent.ts";
import { isInterrupted } from "./pace.ts";
import { record, type Session } from "./session.ts";
import { firstProduct, nextProduct } from "./taste.ts";
import { CART, type EventCode, REMOVAL, type Timeline, VIEW } from "./timeline.ts";
import { remember, type User } from "./users.ts";

/** How many times likelier the next event has the same type as the last. */
const BURST = 3;
/** Share of views that view the same product again. */
const VIEWS_AGAIN = 0.2;

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
  const position = random.next() * (weight(VIEW) + weight(CART) + weight(REMOVAL));
  if (position < weight(VIEW)) return VIEW;
  return position < weight(VIEW) + weight(CART) ? CART : REMOVAL;
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

/** Views random products, a few seconds apart, as a bot does. */
function crawl(session: Session): void {
  const { catalogue, demand, random } = session.shop;
  for (let remaining = 20 + random.integer(80); remaining > 0; remaining--) {
    const product = demand.draw("view", 0, catalogue.size.products);
    record(session, VIEW, product, 1 + random.integer(5));
  }
}
