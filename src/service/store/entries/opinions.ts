import { isOpinion, type OpinionType } from "../../../interactions/event_weights.ts";
import { MS_PER_DAY } from "../../../base/time.ts";
import type { StoredEvent } from "./stored_event.ts";

/** What a user said of a product. */
export type Opinion = Pick<StoredEvent, "productId" | "time" | "received" | "days"> & {
  readonly type: OpinionType;
};

/** The products that a user dislikes at a moment. */
export interface Dislikes {
  /** Those disliked last come last. */
  readonly disliked: readonly string[];
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
 * The products disliked now: of each, the last opinion counts. A dislike holds for its `days`, or
 * until it is withdrawn.
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
 *   { productId: "7", type: "undo_dislike", time: DAY },
 * ] as const;
 * assertEquals(dislikesAt(opinions, DAY), { disliked: ["8"], until: 2 * DAY });
 * assertEquals(dislikesAt(opinions, 2 * DAY + 1), { disliked: [], until: Infinity });
 * ```
 */
export function dislikesAt(
  opinions: readonly Pick<Opinion, "productId" | "time" | "days" | "type">[],
  now: number,
): Dislikes {
  const ends = new Map<string, number>();
  for (const { productId, type, time, days = Infinity } of opinions) {
    ends.delete(productId);
    const end = time + days * MS_PER_DAY;
    if (type === "dislike" && now <= end) ends.set(productId, end);
  }
  return { disliked: [...ends.keys()], until: Math.min(...ends.values()) };
}
