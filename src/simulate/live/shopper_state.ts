import type { Random } from "../../linalg/random.ts";
import { attraction, type Shopper, type World, type WorldProduct } from "./world.ts";

/** What a shopper does with a product of a list. */
export interface ShopperAct {
  readonly productId: string;
  readonly type: "view" | "cart" | "purchase";
  readonly price?: number;
}

/** What a shopper does with a list. */
export interface Look {
  readonly acts: readonly ShopperAct[];
  /** The chance that any product of the list would be clicked: the truth, whatever was. */
  readonly clickChance: number;
}

/** How fast attention falls: place j is looked at with the chance j to the power of minus this. */
const POSITION_BIAS = 0.7;
/** By what a product's attraction falls each time it was looked at and not clicked. */
const FATIGUE = 0.8;
/** The chance that what was clicked goes into the cart, and the share of these that are bought. */
const CART = 0.4;
const BUYS = 0.5;

/** The chance that a shopper looks at a place of a list, from 1. */
export function examination(position: number): number {
  return position ** -POSITION_BIAS;
}

/** One shopper's state: what they have bought, are tired of, and have left to spend this week. */
export class ShopperState {
  readonly #world: World;
  readonly #shopper: Shopper;
  readonly #bought = new Set<string>();
  readonly #tired = new Map<string, number>();
  #left: number;
  #week = 0;

  constructor(world: World, shopper: Shopper) {
    this.#world = world;
    this.#shopper = shopper;
    this.#left = shopper.budget;
  }

  /** Begins a week, from 0 on: a new budget, and nothing is boring any more. */
  beginWeek(week: number): void {
    if (week === this.#week) return;
    this.#week = week;
    this.#left = this.#shopper.budget;
    this.#tired.clear();
  }

  /**
   * The chance that a product at a place, from 1, is clicked: examination times attraction, less
   * for what the shopper is tired of, and none for what they have bought.
   */
  clickChance(product: WorldProduct, position: number): number {
    if (this.#bought.has(product.id)) return 0;
    const tired = this.#tired.get(product.id) ?? 0;
    return examination(position) * attraction(this.#world, this.#shopper, product) *
      FATIGUE ** tired;
  }

  /** Looks at a list; the products that the world doesn't have are nothing to them. */
  look(productIds: readonly string[], random: Random): Look {
    const acts: ShopperAct[] = [];
    let nothing = 1;
    for (const [i, productId] of productIds.entries()) {
      const product = this.#world.byId.get(productId);
      if (!product) continue;
      const chance = this.clickChance(product, i + 1);
      nothing *= 1 - chance;
      // All are drawn, so that the numbers of other products don't depend on what happens here.
      const [click, cart, buy] = [random.next(), random.next(), random.next()];
      if (click >= chance) {
        this.#tired.set(productId, (this.#tired.get(productId) ?? 0) + examination(i + 1));
        continue;
      }
      acts.push({ productId, type: "view" });
      if (cart >= CART) continue;
      acts.push({ productId, type: "cart" });
      if (buy >= BUYS || product.price > this.#left) continue;
      this.#left -= product.price;
      this.#bought.add(productId);
      acts.push({ productId, type: "purchase", price: product.price });
    }
    return { acts, clickChance: 1 - nothing };
  }
}
