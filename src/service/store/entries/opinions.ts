import { isOpinion, type OpinionType } from "../../../interactions/event_weights.ts";
import { MS_PER_DAY } from "../../../base/time.ts";
import type { StoredEvent } from "./stored_event.ts";

/** What a user said of a product. */
export type Opinion = Pick<StoredEvent, "productId" | "time" | "received" | "days"> & {
  readonly type: OpinionType;
};

/** What a user wants to see no more at a moment. */
export interface Unwanted {
  /** The products that they dislike; those disliked last come last. */
  readonly disliked: readonly string[];
  /** The products that they only hid; may name disliked ones. */
  readonly hidden: readonly string[];
  /** Up to when all of them hold, in milliseconds since 1970-01-01 UTC; `Infinity` for never. */
  readonly until: number;
}

/** Of a user's events, what they said of products. */
export function opinionsAmong<Event extends Pick<StoredEvent, "type">>(
  events: readonly Event[],
): (Event & { readonly type: OpinionType })[] {
  return events.filter((event): event is Event & { type: OpinionType } => isOpinion(event.type));
}

/**
 * The products disliked and hidden now. A dislike and a hide each hold for their `days`, or until
 * they are withdrawn; of several dislikes of a product the last counts, and so of several hides.
 *
 * @param opinions In chronological order.
 * @param now In milliseconds since 1970-01-01 UTC.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const DAY = 86_400_000;
 * const opinions = [
 *   { productId: "7", type: "dislike", time: 0 },
 *   { productId: "8", type: "dislike", time: 0, days: 2 },
 *   { productId: "7", type: "hide", time: 0 },
 *   { productId: "7", type: "undo_dislike", time: DAY },
 * ] as const;
 * assertEquals(unwantedAt(opinions, DAY), { disliked: ["8"], hidden: ["7"], until: 2 * DAY });
 * assertEquals(unwantedAt(opinions, 2 * DAY + 1), {
 *   ...{ disliked: [], hidden: ["7"], until: Infinity },
 * });
 * ```
 */
export function unwantedAt(
  opinions: readonly Pick<Opinion, "productId" | "time" | "days" | "type">[],
  now: number,
): Unwanted {
  const ends = { dislike: new Map<string, number>(), hide: new Map<string, number>() };
  for (const { productId, type, time, days = Infinity } of opinions) {
    const of = ends[SUBJECTS[type]];
    of.delete(productId);
    const end = time + days * MS_PER_DAY;
    if (type in ends && now <= end) of.set(productId, end);
  }
  return {
    disliked: [...ends.dislike.keys()],
    hidden: [...ends.hide.keys()],
    until: Math.min(...ends.dislike.values(), ...ends.hide.values()),
  };
}

/** What each type says or withdraws. */
const SUBJECTS = {
  ...{ dislike: "dislike", undo_dislike: "dislike" },
  ...{ hide: "hide", undo_hide: "hide" },
} as const satisfies Record<OpinionType, OpinionType>;
