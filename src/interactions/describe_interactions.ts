import { isoDate } from "../base/time.ts";
import type { Interactions } from "./interactions.ts";
import { timeSpan } from "./split.ts";

/** The size and the period of interactions. */
export interface InteractionsSummary {
  readonly users: number;
  readonly products: number;
  readonly events: number;
  /** The day of the first event, for example `2019-10-01`, UTC. */
  readonly from: string;
  /** The day of the last event. */
  readonly to: string;
}

/** Counts users, products and events, and finds the first and the last day. */
export function describeInteractions(interactions: Interactions): InteractionsSummary {
  const { first, last } = timeSpan(interactions);
  return {
    users: interactions.userIds.size,
    products: interactions.itemIds.size,
    events: interactions.items.length,
    from: isoDate(first),
    to: isoDate(last),
  };
}
