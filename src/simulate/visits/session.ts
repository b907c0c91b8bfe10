import type { Shop } from "../products/shop.ts";
import { drawGap } from "./pace.ts";
import type { EventCode, Timeline } from "./timeline.ts";
import type { User } from "./users.ts";

/** A session in progress. */
export interface Session {
  readonly shop: Shop;
  readonly timeline: Timeline;
  readonly user: User;
  readonly number: number;
  readonly interrupted: boolean;
  /** Seconds since the start of the simulation. */
  time: number;
  /** The product of the last event, or -1 before the first. */
  last: number;
  /** Whether the last event was a view. */
  viewed: boolean;
}

/** Shares of rows, by type, that the shop's log repeats: a quarter of removals are copies. */
const COPIED = [0, 0.024, 1 / 3, 0];

/**
 * Advances the time, except for the session's first event, and records the event.
 *
 * @param gap Seconds since the last event. Default: drawn by the type of event.
 */
export function record(session: Session, type: EventCode, product: number, gap?: number): void {
  const { shop: { random }, timeline, user, number, time, interrupted } = session;
  if (session.last >= 0) session.time += gap ?? drawGap(random, { type, time, interrupted });
  session.last = product;
  session.viewed = false;
  const copies = random.next() < COPIED[type] ? 2 : 1;
  for (let i = 0; i < copies; i++) timeline.add(session.time, type, product, user.id, number);
}
