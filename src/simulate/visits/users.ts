import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from "../../base/time.ts";
import type { Random } from "../../linalg/random.ts";
import { isConvenient } from "./calendar.ts";
import { priceOf } from "../products/catalogue.ts";
import { beta, logNormal } from "../parameters/distributions.ts";
import type { Shop } from "../products/shop.ts";

/** A user of the shop: taste, habits, and what they remember between visits. */
export interface User {
  readonly id: number;
  /** The probability of coming back after a visit. */
  readonly loyalty: number;
  /** Niches that the user browses, the favourite first. */
  readonly niches: readonly number[];
  /** The favoured brand; the number of brands if there is none. */
  readonly brand: number;
  /** Natural logarithm of the usual price. */
  readonly logPrice: number;
  /** Whether this is a crawler. */
  readonly bot: boolean;
  /** Products in the cart, which persists between visits, oldest first. */
  readonly cart: number[];
  /** The last products viewed, oldest first. */
  readonly seen: number[];
  /** The last consumables bought, oldest first. */
  readonly needs: number[];
}

/** The maximum number of favourite products that a user's taste comes from. */
const MOST_NICHES = 5;
/** How many products a user remembers in each list. */
const MEMORY = 12;
const BOT_SHARE = 1 / 20_000;
const BOT_LOYALTY = 0.97;
/**
 * Loyalty is beta distributed, so the number of visits is beta-geometric: most users come once, one
 * in a thousand more than a hundred times.
 */
const LOYALTY = { a: 0.85, b: 1.4 };
/** Expected visits of a user: E[1 / (1 - loyalty)] = (a + b - 1) / (b - 1). */
export const VISITS_PER_USER = (LOYALTY.a + LOYALTY.b - 1) / (LOYALTY.b - 1);

/** The share of returns drawn with a median of two hours, mostly on the same day. */
const SOON = 0.4;
/** How many times a visit at a quiet hour is redrawn. */
const MAX_ATTEMPTS = 5;

/** Creates a user whose taste comes from a few favourite products. */
export function createUser(
  id: number,
  loyalty: number,
  { catalogue, demand, random }: Shop,
): User {
  const favourites = Array.from(
    { length: 1 + random.integer(MOST_NICHES) },
    () => demand.draw("view", 0, catalogue.size.products),
  );
  const bot = random.next() < BOT_SHARE;
  return {
    id,
    loyalty: bot ? BOT_LOYALTY : loyalty,
    niches: favourites.map((product) => catalogue.nicheOf[product]),
    brand: catalogue.brand[catalogue.seriesOf[favourites[0]]],
    logPrice: Math.log(priceOf(catalogue, favourites[0])),
    bot,
    cart: [],
    seen: [],
    needs: [],
  };
}

/** Draws the probability that a new user comes back after a visit. */
export function drawLoyalty(random: Random): number {
  return beta(random, LOYALTY.a, LOYALTY.b);
}

/**
 * Draws a user's next visit: later the same day or days later, rarely at a quiet hour.
 *
 * @param lastEnd When the last visit ended, in seconds since the start of the simulation.
 * @returns Seconds since the start of the simulation, or `Infinity` for never.
 */
export function nextVisit(loyalty: number, lastEnd: number, random: Random): number {
  if (random.next() >= loyalty) return Infinity;
  let time = lastEnd;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    // Loyal users come back sooner.
    const gap = random.next() < SOON
      ? logNormal(random, 2 * SECONDS_PER_HOUR, 1)
      : logNormal(random, 8 * SECONDS_PER_DAY * (1.05 - loyalty), 1.2);
    time = Math.ceil(lastEnd + gap);
    if (isConvenient(time, random)) break;
  }
  return time;
}

/** Remembers a product as the latest, dropping the oldest beyond {@linkcode MEMORY}. */
export function remember(memory: number[], product: number): void {
  if (memory.length === MEMORY) memory.shift();
  memory.push(product);
}
