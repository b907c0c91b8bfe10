import type { z } from "zod";
import { shortestDecimal } from "../../base/float32.ts";
import { isoTime } from "../../base/time.ts";
import type { EventType } from "../../interactions/event_weights.ts";
import type { History } from "../../interactions/history.ts";
import type { Ranked } from "../../linalg/top_k.ts";
import { explain } from "../../models/explain.ts";
import type { Model } from "../../models/model.ts";
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
}

/** How products and events are named in answers. */
export interface ShopNames {
  productId(item: number): string;
  eventType(weight: number): EventType;
}

/** Explains each product of a list by the events that add the most to its score. */
export function explainList(
  { list, recommended, model, history }: ExplainedList,
  names: ShopNames,
): ProductExplanation[] {
  const known = recommended.indices.filter((item) => item < model.itemCount);
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

/** The largest contributions of events, and the sum of the others. */
function reasons(
  history: History,
  events: ArrayLike<number>,
  names: ShopNames,
): Pick<ProductExplanation, "because" | "others"> {
  const ordered = Array.from(events, (part, event) => ({ part, event }))
    .filter(({ part }) => part !== 0)
    .sort((a, b) => b.part - a.part);
  const others = ordered.slice(MAX_REASONS).reduce((sum, { part }) => sum + part, 0);
  return {
    because: ordered.slice(0, MAX_REASONS)
      .map(({ part, event }) => describeEvent(history, { part, event }, names)),
    ...(ordered.length > MAX_REASONS && { others: shortestDecimal(Math.fround(others)) }),
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
