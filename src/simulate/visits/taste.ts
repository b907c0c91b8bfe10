import type { Random } from "../../linalg/random.ts";
import { priceOf } from "../products/catalogue.ts";
import type { Choice } from "../products/demand.ts";
import type { Shop } from "../products/shop.ts";
import type { User } from "./users.ts";

/** Cumulative shares of where the next product comes from, given the last; else a fresh draw. */
const NEXT = {
  /** The next shade of the series. */
  shade: 0.05,
  series: 0.2,
  complement: 0.26,
  niche: 0.62,
  /** A product viewed before. */
  known: 0.7,
};
/** Share of visits that start with a product viewed before. */
const RESUMES = 0.35;
/** Share of fresh draws from the whole shop, regardless of taste. */
const CURIOSITY = 0.1;
/** How often a product of a brand other than the favoured one is accepted. */
const BRAND_PATIENCE = 0.55;
/** How fast acceptance decays with a price's distance, in log units, from the user's usual one. */
const PRICE_AVERSION = 0.4;
const MAX_ATTEMPTS = 3;

/** The first product of a visit. */
export function firstProduct(shop: Shop, user: User, choice: Choice): number {
  const { random } = shop;
  if (user.seen.length > 0 && random.next() < RESUMES) return knownProduct(user, random);
  return freshProduct(shop, user, choice);
}

/** The product after `last` in a visit; this is what makes sequences learnable. */
export function nextProduct(shop: Shop, user: User, choice: Choice, last: number): number {
  const { catalogue: { seriesOf, seriesStart, complement, nicheOf }, demand, random } = shop;
  const series = seriesOf[last];
  const draw = random.next();
  if (draw < NEXT.shade && last + 1 < seriesStart[series + 1]) return last + 1;
  if (draw < NEXT.series) return demand.draw(choice, seriesStart[series], seriesStart[series + 1]);
  if (draw < NEXT.complement) {
    const other = complement[series];
    const product = demand.draw(choice, seriesStart[other], seriesStart[other + 1]);
    if (product >= 0) return product;
  }
  if (draw < NEXT.niche) return productInNiche(shop, user, choice, nicheOf[last]);
  if (draw < NEXT.known && user.seen.length > 0) return knownProduct(user, random);
  return freshProduct(shop, user, choice);
}

/** A product of the user's taste, or now and then of the whole shop. */
export function freshProduct(shop: Shop, user: User, choice: Choice): number {
  const { catalogue, demand, random } = shop;
  if (random.next() < CURIOSITY) return demand.draw(choice, 0, catalogue.size.products);
  // The square makes the first niche, the favourite, the likeliest.
  const niche = user.niches[Math.floor(user.niches.length * random.next() ** 2)];
  return productInNiche(shop, user, choice, niche);
}

/** A product of the niche; those far from the user's price or brand are often skipped. */
function productInNiche(shop: Shop, user: User, choice: Choice, niche: number): number {
  const { catalogue: { nicheStart }, demand, random } = shop;
  let product = -1;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    product = demand.draw(choice, nicheStart[niche], nicheStart[niche + 1]);
    if (random.next() < acceptance(shop, user, product)) break;
  }
  return product;
}

/** The probability that a user accepts a product that they came across. */
function acceptance({ catalogue }: Shop, { brand, logPrice }: User, product: number): number {
  const distance = Math.abs(Math.log(priceOf(catalogue, product)) - logPrice);
  const favoured = brand === catalogue.size.brands ||
    brand === catalogue.brand[catalogue.seriesOf[product]];
  return Math.exp(-PRICE_AVERSION * distance) * (favoured ? 1 : BRAND_PATIENCE);
}

function knownProduct({ seen }: User, random: Random): number {
  return seen[random.integer(seen.length)];
}
