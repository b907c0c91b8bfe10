import { bootstrapMeans } from "../../../../src/linalg/bootstrap.ts";
import { type Interval, percentileInterval } from "../../../../src/evaluation/bootstrap.ts";
import { createRandom } from "../../../../src/linalg/random.ts";
import { rowOf } from "../../../../src/linalg/sparse/csr.ts";
import {
  ALTERNATIVES,
  categoryLifts,
  countCategoryPairs,
} from "../../../../src/models/complements/category_lifts.ts";
import type { Baskets } from "../../../../src/models/complements/baskets.ts";

/** A basket without one of its products, which is to be found. */
export interface BasketQuestion {
  readonly basket: readonly number[];
  readonly heldOut: number;
}

/** Makes a list of products for a basket, best first. */
export type ListMaker = (basket: readonly number[], k: number) => Uint32Array;

/** How the lists of one maker did. */
export interface BasketFigures {
  /** The share of questions whose product is on the list. */
  readonly hitRate: number;
  readonly hitRateInterval: Interval;
  /** 1 / log₂(1 + place) of the product, 0 if it isn't on the list; the mean. */
  readonly ndcg: number;
  readonly ndcgInterval: Interval;
  /** The share of the products shown that have the category of one in the basket. */
  readonly sameCategory: number;
  /** The share of the products shown that are alternatives of one in the basket. */
  readonly alternatives: number;
}

/** What products are, to judge lists by. */
export interface ProductKinds {
  /** One number per product, 0 for unknown. */
  readonly categories: Uint32Array;
  /** Whether the products of two categories are alternatives of each other. */
  areAlternatives(category: number, other: number): boolean;
}

/**
 * The categories, and which are alternatives of each other according to the baskets in question,
 * not to those that lists are made of.
 *
 * @param visits What visitors looked at within a day, in the same time.
 */
export function productKinds(
  baskets: Baskets,
  visits: Baskets,
  categories: Uint32Array,
): ProductKinds {
  const lifts = categoryLifts(
    countCategoryPairs(baskets, categories),
    countCategoryPairs(visits, categories),
  );
  return {
    categories,
    areAlternatives(category, other) {
      const { indices, values } = rowOf(lifts, category);
      return values[indices.indexOf(other)] === ALTERNATIVES;
    },
  };
}

/**
 * Holds out a random product of each basket.
 *
 * @param options `most`: how many baskets; a random sample of them.
 */
export function askBaskets(
  { indptr, items, times }: Baskets,
  { most, seed }: { most: number; seed: number },
): BasketQuestion[] {
  const random = createRandom(seed);
  const order = Array.from(times, (_, b) => ({ b, key: random.next() }))
    .sort((x, y) => x.key - y.key).slice(0, most);
  return order.map(({ b }) => {
    const basket = [...items.subarray(indptr[b], indptr[b + 1])];
    const [heldOut] = basket.splice(random.integer(basket.length), 1);
    return { basket, heldOut };
  });
}

/** Asks all questions. */
export function answerBaskets(
  questions: readonly BasketQuestion[],
  makeList: ListMaker,
  { k, categories, areAlternatives }: ProductKinds & { k: number },
): BasketFigures {
  const hits = new Float32Array(questions.length);
  const gains = new Float32Array(questions.length);
  let shown = 0, same = 0, alternatives = 0;
  questions.forEach(({ basket, heldOut }, q) => {
    const list = makeList(basket, k);
    const place = list.indexOf(heldOut);
    hits[q] = place < 0 ? 0 : 1;
    gains[q] = place < 0 ? 0 : 1 / Math.log2(2 + place);
    shown += list.length;
    for (const item of list) {
      if (sharesCategory(basket, item, categories)) same++;
      const isAlternative = (other: number) => areAlternatives(categories[other], categories[item]);
      if (basket.some(isAlternative)) alternatives++;
    }
  });
  const [hitMeans, gainMeans] = bootstrapMeans([hits, gains]);
  return {
    hitRate: mean(hits),
    hitRateInterval: percentileInterval(hitMeans),
    ndcg: mean(gains),
    ndcgInterval: percentileInterval(gainMeans),
    sameCategory: same / shown,
    alternatives: alternatives / shown,
  };
}

/** Lists of the product that is to be found, alone: the best that there could be. */
export function heldOutLists(questions: readonly BasketQuestion[]): ListMaker {
  const heldOutOf = new Map(questions.map(({ basket, heldOut }) => [basket, heldOut]));
  return (basket) => Uint32Array.of(heldOutOf.get(basket)!);
}

function sharesCategory(
  basket: readonly number[],
  item: number,
  categories: Uint32Array,
): boolean {
  return categories[item] !== 0 && basket.some((other) => categories[other] === categories[item]);
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
