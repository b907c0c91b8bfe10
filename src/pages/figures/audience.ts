import { sleep } from "../../base/time.ts";
import type { Shop } from "../../service/recommend/shop.ts";

/** How many users' lists are looked at, and how long they are. */
const MOST_USERS = 200;
const LENGTH = 10;

/** In how many users' lists a product is. */
export interface Reach {
  /** How many users' lists were looked at. */
  readonly users: number;
  /** How many of them have the product. */
  readonly lists: number;
  /** The product's mean place in them, from 1; undefined if it is in none. */
  readonly place?: number;
}

/**
 * Who is shown a product how often: the lists of a sample of the artifact's users by the default
 * model, made once when first asked for and again after a change of products. Between two lists,
 * other requests are answered.
 */
export class Audience {
  readonly #shop: Shop;
  #made: { readonly sequence: number; readonly lists: Promise<string[][]> } | undefined;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** In how many of the sample's lists a product is. */
  async reachOf(productId: string): Promise<Reach> {
    const lists = await this.#lists();
    const places = lists.map((ids) => ids.indexOf(productId)).filter((place) => place >= 0);
    const sum = places.reduce((sum, place) => sum + place + 1, 0);
    return {
      users: lists.length,
      lists: places.length,
      ...(places.length > 0 && { place: sum / places.length }),
    };
  }

  #lists(): Promise<string[][]> {
    const { sequence } = this.#shop.recommender.products;
    if (this.#made?.sequence !== sequence) {
      const lists = this.#make();
      this.#made = { sequence, lists };
      // If histories can't be read now, the next visit tries again.
      lists.catch(() => this.#made = undefined);
    }
    return this.#made!.lists;
  }

  async #make(): Promise<string[][]> {
    const { artifact: { interactions: { histories } }, recommender } = this.#shop;
    const lists: string[][] = [];
    for (const history of await histories.sample(MOST_USERS)) {
      await sleep(0);
      const { items } = recommender.recommend(history, { k: LENGTH });
      lists.push(items.map(({ productId }) => productId));
    }
    return lists;
  }
}
