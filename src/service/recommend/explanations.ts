import type { z } from "zod";
import { shortestDecimal } from "../../base/float32.ts";
import { isoTime } from "../../base/time.ts";
import type { EventType } from "../../interactions/event_weights.ts";
import type { History } from "../../interactions/history.ts";
import type { Ranked } from "../../linalg/top_k.ts";
import { explain } from "../../models/explain.ts";
import type { Model } from "../../models/model.ts";
import { categoryShares } from "../../models/reranking/category_shares.ts";
import type { contribution, explanation } from "../schema/answers.ts";
import type { Immutable } from "../schema/immutable.ts";

/** Why a product has its score. */
export type ProductExplanation = Immutable<z.output<typeof explanation>>;

/** What one of the user's own events adds to a score. */
export type Contribution = Immutable<z.output<typeof contribution>>;

/** How many events an explanation names. */
const MAX_REASONS = 5;

/** A list to explain, and what made it. */
export interface ExplainedList {
  /** The whole list. */
  readonly list: Ranked;
  /** The part of the list that the model recommends. */
  readonly recommended: Ranked;
  readonly model: Model;
  readonly history: History;
  /** The items whose scores are estimates, which the model can't explain. Default none. */
  readonly estimated?: ReadonlySet<number>;
}

/** How products and events are named in answers. */
export interface ShopNames {
  productId(item: number): string;
  eventType(weight: number): EventType;
}

/** Explains each product of a list by the events that add the most to its score. */
export function explainList(
  { list, recommended, model, history, estimated = new Set() }: ExplainedList,
  names: ShopNames,
): ProductExplanation[] {
  const known = recommended.indices.filter((item) =>
    item < model.itemCount && !estimated.has(item)
  );
  const explanations = explain(model, history, known);
  const byItem = new Map(Array.from(known, (item, i) => [item, explanations.items[i]]));
  return Array.from(list.indices, (item, rank) => {
    const { base, events } = byItem.get(item) ?? { base: list.scores[rank], events: [] };
    return {
      exact: explanations.exact && byItem.has(item),
      base: shortestDecimal(Math.fround(base)),
      ...reasons(history, events, names),
    };
  });
}

/**
 * For each product, the share of its category in a history and in the list; none for products of
 * unknown category, and for all if no category of the history is known.
 *
 * @param categories One number per product, 0 for an unknown category.
 */
export function explainCategories(
  { indices }: Pick<Ranked, "indices">,
  history: History,
  categories: Uint32Array,
): Pick<ProductExplanation, "category">[] {
  const ofUser = categoryShares(history, categories);
  const ofList = categoryShares(
    { items: indices, weights: new Float32Array(indices.length).fill(1) },
    categories,
  );
  return Array.from(indices, (item) => {
    const list = ofList.get(categories[item]);
    if (list === undefined || ofUser.size === 0) return {};
    return { category: { user: ofUser.get(categories[item]) ?? 0, list } };
  });
}

/** The largest contributions of events, and the sum of the others. */
function reasons(
  history: History,
  events: ArrayLike<number>,
  names: ShopNames,
): Pick<ProductExplanation, "because" | "others"> {
  /** Events, the largest contribution first. */
  const best: number[] = [];
  let others: number | undefined;
  for (let event = 0; event < events.length; event++) {
    if (events[event] === 0) continue;
    let at = best.length;
    while (at > 0 && events[best[at - 1]] < events[event]) at--;
    best.splice(at, 0, event);
    if (best.length > MAX_REASONS) others = (others ?? 0) + events[best.pop()!];
  }
  return {
    because: best.map((event) => describeEvent(history, { part: events[event], event }, names)),
    ...(others !== undefined && { others: shortestDecimal(Math.fround(others)) }),
  };
}

function describeEvent(
  { items, weights, times }: History,
  { part, event }: { part: number; event: number },
  names: ShopNames,
): Contribution {
  return {
    productId: names.productId(items[event]),
    type: names.eventType(weights[event]),
    time: isoTime(times[event]),
    contribution: shortestDecimal(part),
  };
}
