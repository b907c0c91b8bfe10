import { priceOf } from "../products/catalogue.ts";
import { cheapness } from "../products/prices.ts";
import type { Shop } from "../products/shop.ts";
import { record, type Session } from "./session.ts";
import { firstProduct, freshProduct, nextProduct } from "./taste.ts";
import { CART, PURCHASE, REMOVAL } from "./timeline.ts";
import { remember } from "./users.ts";

/** Share of cart additions by earlier buyers that are for a product they bought before. */
const REBUYS = 0.12;
/** A full cart drops its oldest product. */
const CART_LIMIT = 60;
/** How often the more expensive of two products is removed from the cart. */
const HESITATES = 0.6;

/** Adds a product to the cart. */
export function addToCart(session: Session): void {
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
export function removeFromCart(session: Session): void {
  const { shop, user } = session;
  const candidates = shop.random.next() < HESITATES ? 2 : 1;
  record(
    session,
    REMOVAL,
    takeOut(shop, user.cart, candidates) ?? freshProduct(shop, user, "cart"),
  );
}

/** Buys products of the cart, or ones in it before the simulation began, all in one second. */
export function buy(session: Session, count: number): void {
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
