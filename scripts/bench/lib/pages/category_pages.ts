import { type Interval, percentileInterval } from "../../../../src/evaluation/bootstrap.ts";
import type { History } from "../../../../src/interactions/history.ts";
import type { ShopInteractions } from "../../../../src/interactions/interactions.ts";
import { bootstrapMeans } from "../../../../src/linalg/bootstrap.ts";
import { groupPositions } from "../../../../src/linalg/sparse/group_positions.ts";
import { markedItems, markItems } from "../../../../src/interactions/item_marks.ts";
import { completeList, recommendedPart } from "../../../../src/models/completion/complete_list.ts";
import { trainedSupplements } from "../../../../src/models/completion/trained_supplements.ts";
import type { Model } from "../../../../src/models/model.ts";
import { popularityCounts } from "../../../../src/models/popularity.ts";
import { rank, type RankOptions } from "../../../../src/models/rank.ts";
import type { NextItemQuestion } from "../quality/next_item_data.ts";

/** Shorter pages need no order. */
const FEWEST = 10;

/** The most products that `POST /rank` orders. */
const MOST = 1000;

/** A page of a category, and the product on it that the visitor went on to. */
export interface PageQuestion extends NextItemQuestion {
  /** Item numbers, ascending. */
  readonly page: Uint32Array;
}

/** The order of a page for a visitor, best first. */
export type PageOrder = (page: Uint32Array, history: History) => ArrayLike<number>;

/** How high the visitor's next product is in one order. */
export interface PageFigures {
  /** 1 / place; the mean. */
  readonly reciprocalRank: number;
  readonly reciprocalRankInterval: Interval;
  /** The share of products that are among the first ten of the page. */
  readonly firstTen: number;
  readonly firstTenInterval: Interval;
}

/**
 * The category pages on which visitors could have found their next products.
 *
 * @param categories One number per product, 0 for unknown; those of fewer than 10 or more than
 * 1,000 products have no page.
 */
export function pageQuestions(
  steps: readonly NextItemQuestion[],
  categories: Uint32Array,
): PageQuestion[] {
  const count = 1 + categories.reduce((a, b) => Math.max(a, b), 0);
  const { indptr, positions } = groupPositions(categories, count);
  return steps.map((step) => {
    const category = categories[step.next];
    return { ...step, page: positions.subarray(indptr[category], indptr[category + 1]) };
  }).filter(({ next, page }) =>
    categories[next] !== 0 && page.length >= FEWEST && page.length <= MOST
  );
}

/** Measures an order of pages. */
export function measureOrder(questions: readonly PageQuestion[], order: PageOrder): PageFigures {
  const places = questions.map(({ page, history, next }) => {
    const place = Array.prototype.indexOf.call(order(page, history), next);
    return place < 0 ? page.length : place + 1;
  });
  const ranks = Float32Array.from(places, (place) => 1 / place);
  const firsts = Float32Array.from(places, (place) => place <= 10 ? 1 : 0);
  const [rankMeans, firstMeans] = bootstrapMeans([ranks, firsts]);
  return {
    reciprocalRank: mean(ranks),
    reciprocalRankInterval: percentileInterval(rankMeans),
    firstTen: mean(firsts),
    firstTenInterval: percentileInterval(firstMeans),
  };
}

/** The orders that shops offer: by popularity, newest first, and cheapest first. */
export function shopOrders(past: ShopInteractions): Readonly<Record<string, PageOrder>> {
  const { catalogue: { price }, items, times } = past;
  const counts = popularityCounts(past);
  // What nobody has seen yet is the newest.
  const firstSeen = new Float64Array(price.length).fill(Infinity);
  items.forEach((item, i) => firstSeen[item] = Math.min(firstSeen[item], times[i]));
  const by = (key: (item: number) => number): PageOrder => (page) =>
    page.toSorted((a, b) => key(b) - key(a) || a - b);
  return {
    popularity: by((item) => counts[item]),
    newest: by((item) => firstSeen[item] === Infinity ? Number.MAX_VALUE : firstSeen[item]),
    // Without a known price, last.
    price: by((item) => price[item] > 0 ? -price[item] : -Number.MAX_VALUE),
  };
}

/** The order that `POST /rank` gives a page, by a model. */
export function modelOrder(model: Model, past: ShopInteractions): PageOrder {
  const supplements = trainedSupplements(past);
  const buffer = new Float32Array(model.itemCount);
  return (page, history) => {
    const options: RankOptions = {
      k: page.length,
      exclude: "none",
      hidden: markedItems(markItems(page, model.itemCount), 0),
    };
    const best = recommendedPart(rank(model, history, { ...options, buffer }), model);
    return completeList(best, history, options, supplements).indices;
  };
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
