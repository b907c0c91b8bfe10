import { InputError } from "../../base/input_error.ts";
import { createRandom } from "../../linalg/random.ts";
import { hash32, logNormal } from "../parameters/distributions.ts";

/** A product of a world. */
export interface WorldProduct {
  readonly id: string;
  readonly niche: number;
  /** How good everyone finds it: standard normal. */
  readonly quality: number;
  readonly price: number;
}

/** Someone who visits the shop. */
export interface Shopper {
  readonly id: string;
  readonly number: number;
  /** The niches that they like, the favourite first. */
  readonly niches: readonly number[];
  /** Visits a day, on average. */
  readonly visits: number;
  /** What they spend in a week at most. */
  readonly budget: number;
}

/** A shop's products and shoppers, whose every wish is known. */
export interface World {
  readonly seed: number;
  readonly products: readonly WorldProduct[];
  readonly byId: ReadonlyMap<string, WorldProduct>;
  /** The products of each niche. */
  readonly niches: readonly (readonly WorldProduct[])[];
  readonly shoppers: readonly Shopper[];
}

/** How large a world is. */
export interface WorldOptions {
  /** Number of shoppers; at least 1. Default 2,000. */
  readonly shoppers?: number;
  /** Number of products; at least 20. Default 500. */
  readonly products?: number;
  /** The same seed gives the same world. Default 1. */
  readonly seed?: number;
}

/** The sizes of a world unless it is told. */
export const WORLD_DEFAULTS = { shoppers: 2000, products: 500, seed: 1 } as const;

const PRODUCTS_PER_NICHE = 20;
const NICHES_LIKED = 3;
const MEDIAN_PRICE = 12;
const MEDIAN_VISITS = 0.35;
const MEDIAN_BUDGET = 60;

/** How attraction depends on taste, on quality and on what only this shopper sees in a product. */
const ATTRACTION = { least: -4.6, taste: [2.4, 1.8, 1.2], quality: 0.6, whim: 0.6 };

/**
 * Invents a world.
 *
 * @throws {InputError} If it has too few products or no shoppers.
 */
export function inventWorld(options: WorldOptions = {}): World {
  const { shoppers: people, products: size, seed } = { ...WORLD_DEFAULTS, ...options };
  for (const [name, value, least] of [["shoppers", people, 1], ["products", size, 20]] as const) {
    if (Number.isInteger(value) && value >= least) continue;
    throw new InputError(
      `Cannot invent a world: ${name} must be a whole number from ${least}, got ${value}`,
    );
  }
  const random = createRandom(seed);
  const count = Math.max(2, Math.round(size / PRODUCTS_PER_NICHE));
  const products = Array.from({ length: size }, (_, i): WorldProduct => ({
    id: `product-${i}`,
    niche: i % count,
    quality: random.normal(),
    price: Math.round(100 * logNormal(random, MEDIAN_PRICE, 0.7)) / 100,
  }));
  const shoppers = Array.from({ length: people }, (_, number): Shopper => ({
    ...{ id: `shopper-${number}`, number },
    niches: Array.from({ length: NICHES_LIKED }, () => random.integer(count)),
    visits: Math.min(2, logNormal(random, MEDIAN_VISITS, 0.6)),
    budget: logNormal(random, MEDIAN_BUDGET, 0.6),
  }));
  return {
    ...{ seed, products, shoppers },
    byId: new Map(products.map((product) => [product.id, product])),
    niches: Array.from({ length: count }, (_, n) => products.filter(({ niche }) => niche === n)),
  };
}

/**
 * The chance that a shopper clicks on a product when they look at it for the first time: logistic
 * in their taste, the product's quality, and a whim of the two that never changes.
 */
export function attraction(
  { seed }: Pick<World, "seed">,
  shopper: Shopper,
  product: WorldProduct,
): number {
  const rank = shopper.niches.indexOf(product.niche);
  const taste = rank < 0 ? 0 : ATTRACTION.taste[rank];
  const whim = 2 * hash32(hash32(seed, shopper.number), hashText(product.id)) / 2 ** 32 - 1;
  const score = ATTRACTION.least + taste + ATTRACTION.quality * product.quality +
    ATTRACTION.whim * whim;
  return 1 / (1 + Math.exp(-score));
}

function hashText(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash, 31) + text.charCodeAt(i) | 0;
  return hash;
}
