import { EVENT_WEIGHTS } from "../../../../src/interactions/event_weights.ts";
import { type Interval, percentileInterval } from "../../../../src/evaluation/bootstrap.ts";
import {
  type Catalogue,
  textAt,
  type TextColumn,
  textColumn,
} from "../../../../src/interactions/catalogue.ts";
import type { History } from "../../../../src/interactions/history.ts";
import { IdMap } from "../../../../src/interactions/id_map.ts";
import {
  historyOf,
  type ShopInteractions,
  sliceByTime,
} from "../../../../src/interactions/interactions.ts";
import { bootstrapMeans } from "../../../../src/linalg/bootstrap.ts";
import { discount, idealGain } from "../../../../src/linalg/discounted_gain.ts";
import { createRandom, shuffle } from "../../../../src/linalg/random.ts";
import type { Model } from "../../../../src/models/model.ts";
import { content } from "../../../../src/models/content.ts";
import { findEvidence } from "../../../../src/models/content/evidence.ts";
import { Recommender } from "../../../../src/service/recommend/recommender.ts";
import type { ProductChange } from "../../../../src/service/store/entries/stored_event.ts";

const K = 10;
/** The share of the events that come before what is predicted. */
const PAST = 0.8;

/** What a user did, and the new products that they went on to. */
export interface ArrivalQuestion {
  readonly history: History;
  /** Products with events before. */
  readonly known: ReadonlySet<number>;
  /** Products without. */
  readonly arrivals: ReadonlySet<number>;
}

/** Training data without the products that came later. */
export interface ArrivalHoldout {
  /** Its products are numbered anew. */
  readonly past: ShopInteractions;
  /** What the shop says of the others, by product id; they have the next numbers, in this order. */
  readonly arrivals: ReadonlyMap<string, ProductChange>;
  readonly questions: readonly ArrivalQuestion[];
}

/** How lists of ten do on products with and without events. */
export interface ArrivalFigures {
  /** NDCG@10 of products with events, as if users had gone on to no others. */
  readonly known: number;
  readonly knownInterval: Interval;
  /** The same of newcomers, of which there are few events. */
  readonly newcomers: number;
  /** The same of products without. */
  readonly arrivals: number;
  /** The share of the products without events that users went on to that their lists have. */
  readonly recall: number;
  /** The share of the lists' places that have a product without events. */
  readonly places: number;
}

/**
 * Holds out the latest fifth of the events, and with it all products that nobody saw before.
 *
 * @param options `users`: at most how many to ask for, a sample by `seed`.
 */
export function holdOutArrivals(
  shop: ShopInteractions,
  { users, seed }: { users: number; seed: number },
): ArrivalHoldout {
  const cut = shop.times.toSorted()[Math.floor(PAST * shop.times.length)];
  const [before, after] = [sliceByTime(shop, { to: cut }), sliceByTime(shop, { from: cut })];
  const isKnown = new Uint8Array(shop.itemIds.size);
  for (const item of before.items) isKnown[item] = 1;
  const known = [...isKnown.keys()].filter((item) => isKnown[item] === 1);
  const arriving = [...isKnown.keys()].filter((item) => isKnown[item] === 0);
  const number = new Uint32Array(isKnown.length);
  [...known, ...arriving].forEach((item, to) => number[item] = to);
  const numbered = (items: Uint32Array) => items.map((item) => number[item]);
  const questions: ArrivalQuestion[] = [];
  for (
    const user of shuffle(
      Uint32Array.from({ length: shop.userIds.size }, (_, u) => u),
      createRandom(seed),
    )
  ) {
    if (questions.length === users) break;
    const { items, ...history } = historyOf(before, user);
    const own = new Set(numbered(items));
    const wanted = new Set(numbered(historyOf(after, user).items)).difference(own);
    if (own.size === 0 || wanted.size === 0) continue;
    questions.push({
      history: { items: numbered(items), ...history },
      known: new Set([...wanted].filter((item) => item < known.length)),
      arrivals: new Set([...wanted].filter((item) => item >= known.length)),
    });
  }
  return {
    past: {
      ...before,
      items: numbered(before.items),
      itemIds: IdMap.from(known.map((item) => shop.itemIds.idAt(item))),
      catalogue: catalogueOf(shop.catalogue, known),
    },
    arrivals: new Map(arriving.map((item) => [
      shop.itemIds.idAt(item),
      changeOf(shop.catalogue, item),
    ])),
    questions,
  };
}

function catalogueOf(catalogue: Catalogue, items: readonly number[]): Catalogue {
  const some = (column: TextColumn) => textColumn(items.map((item) => textAt(column, item)));
  return {
    categoryId: some(catalogue.categoryId),
    categoryCode: some(catalogue.categoryCode),
    brand: some(catalogue.brand),
    price: Float32Array.from(items, (item) => catalogue.price[item]),
    ...(catalogue.title && { title: some(catalogue.title) }),
  };
}

function changeOf(catalogue: Catalogue, item: number): ProductChange {
  const { categoryId, categoryCode, brand, price, title } = catalogue;
  return {
    ...{ categoryId: textAt(categoryId, item), category: textAt(categoryCode, item) },
    ...{ brand: textAt(brand, item), price: price[item] },
    ...(title && { title: textAt(title, item) }),
  };
}

/** What is estimated from descriptions, and what is bounded. */
export interface ArrivalCase {
  /** Whether newcomers have at least the score that descriptions say. */
  readonly estimated: boolean;
  /** Whether the products without events are added. */
  readonly withArrivals: boolean;
  /** Whether lists have only as many of either as without a rule. */
  readonly isBounded: boolean;
}

/** Measures a model's lists of new products as the service makes them, before it completes them. */
export function measureArrivals(
  model: Model,
  { name, estimated, withArrivals, isBounded, holdout: { past, arrivals: added, questions } }:
    & ArrivalCase
    & { readonly name: string; readonly holdout: ArrivalHoldout },
): ArrivalFigures {
  const evidence = findEvidence(past, content.defaults)!;
  const isNewcomer = new Set(evidence.newcomers);
  const recommender = new Recommender({
    models: new Map([[name, model]]),
    interactions: { ...past, ...(estimated && { evidence }) },
    manifest: { models: [], defaultModel: name, eventWeights: EVENT_WEIGHTS },
  });
  const { products } = recommender;
  if (withArrivals) products.apply({ sequence: 1, products: added });
  const options = { k: K, isBounded, isCompleted: false };
  const ofKnown: number[] = [], ofNewcomers: number[] = [], ofArrivals: number[] = [];
  let places = 0, taken = 0, wanted = 0, found = 0;
  for (const { history, known, arrivals } of questions) {
    const { items } = recommender.recommend(history, options);
    const indices = Uint32Array.from(items, ({ productId }) => products.indexOf(productId));
    if (known.size > 0) ofKnown.push(ndcg(indices, known));
    const newcomers = known.intersection(isNewcomer);
    if (newcomers.size > 0) ofNewcomers.push(ndcg(indices, newcomers));
    if (arrivals.size > 0) ofArrivals.push(ndcg(indices, arrivals));
    places += indices.length;
    wanted += arrivals.size;
    for (const item of indices) {
      if (item >= products.known) taken++;
      if (arrivals.has(item)) found++;
    }
  }
  const [means] = bootstrapMeans([Float32Array.from(ofKnown)]);
  return {
    known: mean(ofKnown),
    knownInterval: percentileInterval(means),
    newcomers: mean(ofNewcomers),
    arrivals: mean(ofArrivals),
    recall: found / wanted,
    places: taken / places,
  };
}

function ndcg(list: Uint32Array, relevant: ReadonlySet<number>): number {
  let gain = 0;
  list.forEach((item, place) => {
    if (relevant.has(item)) gain += discount(place + 1);
  });
  return gain / idealGain(Math.min(K, relevant.size));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
