import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from "../../base/time.ts";
import type { Random } from "../../linalg/random.ts";
import { isConvenient } from "./calendar.ts";
import { priceOf } from "../products/catalogue.ts";
import { beta, logNormal } from "../parameters/distributions.ts";
import type { Shop } from "../products/shop.ts";

/** Somebody who comes to the shop: a taste, habits, and what is remembered between visits. */
export interface User {
  readonly id: number;
  /** The chance to come back after a visit. */
  readonly loyalty: number;
  /** Niches in which this user looks around, the dearest to them first. */
  readonly niches: readonly number[];
  /** The brand they favour; the number of brands for none. */
  readonly brand: number;
  /** Natural logarithm of the price they are used to. */
  readonly logPrice: number;
  /** A machine that reads the catalogue. */
  readonly bot: boolean;
  /** Products in the cart, which lasts from visit to visit, oldest first. */
  readonly cart: number[];
  /** The last products they looked at, oldest first. */
  readonly seen: number[];
  /** The last products they bought and will need again, oldest first. */
  readonly needs: number[];
}

/** A taste comes from at most so many products that a user is fond of. */
const MOST_NICHES = 5;
/** How many products a user remembers of each kind. */
const MEMORY = 12;
const BOT_SHARE = 1 / 20_000;
const BOT_LOYALTY = 0.97;
/**
 * Loyalty is beta distributed, which makes the number of visits beta-geometric: most come once, one in a
 * thousand more than a hundred times.
 */
const LOYALTY = { a: 0.85, b: 1.4 };
/** Visits in a user's life: E[1 / (1 - loyalty)] = (a + b - 1) / (b - 1). */
export const VISITS_PER_USER = (LOYALTY.a + LOYALTY.b - 1) / (LOYALTY.b - 1);

/** The share of returns that are mostly on the same day. */
const SOON = 0.4;
/** How often somebody reconsiders a time at which few come. */
const TRIES = 5;

/** Makes a user whose taste comes from a few products that they are fond of. */
export function createUser(
  id: number,
  loyalty: number,
  { catalogue, demand, random }: Shop,
): User {
  const fondOf = Array.from(
    { length: 1 + random.integer(MOST_NICHES) },
    () => demand.draw("view", 0, catalogue.size.products),
  );
  const bot = random.next() < BOT_SHARE;
  return {
    id,
    loyalty: bot ? BOT_LOYALTY : loyalty,
    niches: fondOf.map((product) => catalogue.nicheOf[product]),
    brand: catalogue.brand[catalogue.seriesOf[fondOf[0]]],
    logPrice: Math.log(priceOf(catalogue, fondOf[0])),
    bot,
    cart: [],
    seen: [],
    needs: [],
  };
}

/** The chance to come back after a visit, for somebody of whom nothing is known. */
export function drawLoyalty(random: Random): number {
  return beta(random, LOYALTY.a, LOYALTY.b);
}

/**
 * When somebody comes next: later the same day or days later, rarely at an hour when few do.
 *
 * @param left When the last visit ended, in seconds since the start of the simulation.
 * @returns Seconds since the start of the simulation, or `Infinity` for never.
 */
export function nextVisit(loyalty: number, left: number, random: Random): number {
  if (random.next() >= loyalty) return Infinity;
  let time = left;
  for (let tries = 0; tries < TRIES; tries++) {
    // The loyal come back sooner.
    const gap = random.next() < SOON
      ? logNormal(random, 2 * SECONDS_PER_HOUR, 1)
      : logNormal(random, 8 * SECONDS_PER_DAY * (1.05 - loyalty), 1.2);
    time = Math.ceil(left + gap);
    if (isConvenient(time, random)) break;
  }
  return time;
}

/** Remembers a product as the latest, forgetting the oldest beyond {@linkcode MEMORY}. */
export function remember(memory: number[], product: number): void {
  if (memory.length === MEMORY) memory.shift();
  memory.push(product);
}
