import type { Random } from "../../linalg/random.ts";
import { priceOf } from "../products/catalogue.ts";
import type { Choice } from "../products/demand.ts";
import type { Shop } from "../products/shop.ts";
import type { User } from "./users.ts";

/** Where the next product comes from, given the last one, as cumulative shares; else a fresh start. */
const NEXT = {
  /** The next shade of the series. */
  shade: 0.05,
  series: 0.2,
  complement: 0.26,
  niche: 0.62,
  /** Something looked at before. */
  known: 0.7,
};
/** A visit begins with something looked at before. */
const RESUMES = 0.35;
/** Somebody looks at what everybody looks at. */
const CURIOSITY = 0.1;
/** How often a product is kept that is not of the favoured brand. */
const BRAND_PATIENCE = 0.55;
/** How quickly patience wears off as the price, in log units, is further from what a user is used to. */
const PRICE_AVERSION = 0.4;
const TRIES = 3;

/** The first product of a visit. */
export function firstProduct(shop: Shop, user: User, choice: Choice): number {
  const { random } = shop;
  if (user.seen.length > 0 && random.next() < RESUMES) return knownProduct(user, random);
  return freshProduct(shop, user, choice);
}

/** The product after `last` in a visit: what makes order worth learning. */
export function nextProduct(shop: Shop, user: User, choice: Choice, last: number): number {
  const { catalogue: { seriesOf, seriesStart, complement, nicheOf }, demand, random } = shop;
  const series = seriesOf[last];
  const way = random.next();
  if (way < NEXT.shade && last + 1 < seriesStart[series + 1]) return last + 1;
  if (way < NEXT.series) return demand.draw(choice, seriesStart[series], seriesStart[series + 1]);
  if (way < NEXT.complement) {
    const other = complement[series];
    const product = demand.draw(choice, seriesStart[other], seriesStart[other + 1]);
    if (product >= 0) return product;
  }
  if (way < NEXT.niche) return productInNiche(shop, user, choice, nicheOf[last]);
  if (way < NEXT.known && user.seen.length > 0) return knownProduct(user, random);
  return freshProduct(shop, user, choice);
}

/** A product by taste alone, or now and then what everybody likes. */
export function freshProduct(shop: Shop, user: User, choice: Choice): number {
  const { catalogue, demand, random } = shop;
  if (random.next() < CURIOSITY) return demand.draw(choice, 0, catalogue.size.products);
  // The square makes the first niche, the dearest, the likeliest.
  const niche = user.niches[Math.floor(user.niches.length * random.next() ** 2)];
  return productInNiche(shop, user, choice, niche);
}

/** A product of the niche; one far from the user's price or not of their brand is often passed over. */
function productInNiche(shop: Shop, user: User, choice: Choice, niche: number): number {
  const { catalogue: { nicheStart }, demand, random } = shop;
  let product = -1;
  for (let tries = 0; tries < TRIES; tries++) {
    product = demand.draw(choice, nicheStart[niche], nicheStart[niche + 1]);
    if (random.next() < liking(shop, user, product)) break;
  }
  return product;
}

/** The chance to be kept, for a product that came to a user's attention. */
function liking({ catalogue }: Shop, { brand, logPrice }: User, product: number): number {
  const distance = Math.abs(Math.log(priceOf(catalogue, product)) - logPrice);
  const favoured = brand === catalogue.size.brands ||
    brand === catalogue.brand[catalogue.seriesOf[product]];
  return Math.exp(-PRICE_AVERSION * distance) * (favoured ? 1 : BRAND_PATIENCE);
}

function knownProduct({ seen }: User, random: Random): number {
  return seen[random.integer(seen.length)];
}
