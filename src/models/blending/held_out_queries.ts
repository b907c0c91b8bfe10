import { type History, profileOf, sliceHistory } from "../../interactions/history.ts";
import {
  historyOf,
  type Interactions,
  keepEvents,
  sliceByTime,
} from "../../interactions/interactions.ts";
import {
  eventCount,
  usersAreSessions,
  type WindowParts,
} from "../../interactions/returning_users.ts";
import { timeSpan } from "../../interactions/split.ts";
import { AUTO } from "../options/option.ts";
import { nthLargest } from "../../linalg/nth_largest.ts";
import { createRandom, type Random, shuffle } from "../../linalg/random.ts";

/** What is relevant to a query: all that the user did after the cut, or the very next event. */
export const TARGETS = ["later", "next"] as const;

/** One of {@linkcode TARGETS}. */
export type Target = typeof TARGETS[number];

/** A history, and the items that came after it. */
export interface Query {
  readonly history: History;
  /** Item numbers, no repeats. */
  readonly relevant: Uint32Array;
}

/** Training data, and queries about what came after it. */
export interface HeldOutQueries {
  readonly target: Target;
  readonly past: Interactions;
  readonly queries: readonly Query[];
}

/** How {@linkcode holdOutQueries} makes queries. */
export interface HoldOutOptions {
  /** `auto`: the next event if {@linkcode usersAreSessions}, else all later ones. */
  readonly target: Target | typeof AUTO;
  /** Share of the events to hold out, from 0 to 1. */
  readonly share: number;
  /** Maximum number of queries; if there are more, a random sample. */
  readonly limit: number;
  /** Determines the sample. */
  readonly seed: number;
}

/**
 * Holds out the latest share of interactions and makes queries of it: for `"later"` one for each
 * user with events on both sides of the cut, for `"next"` one for each held-out event that isn't
 * its user's first. If nothing is before the cut, so that times don't separate the events, the same
 * share of each user's items is held out at random instead, as one query.
 */
export function holdOutQueries(
  interactions: Interactions,
  { target, share, limit, seed }: HoldOutOptions,
): HeldOutQueries {
  const random = createRandom(seed);
  // Of all users, if these are a sample.
  const all = interactions.statistics ?? interactions;
  const cut = nthLargest(all.times, Math.ceil(share * all.times.length)) ?? 0;
  if (cut <= timeSpan(all).first) {
    const split = splitAtRandom(interactions, share, random);
    const queries = sample(laterQueries(split), limit, random);
    return { target: "later", past: split.past, queries };
  }
  const past = sliceByTime(interactions, { to: cut });
  const parts = { past, window: sliceByTime(interactions, { from: cut }) };
  const chosen = target !== AUTO ? target : usersAreSessions(parts) ? "next" : "later";
  const builders = chosen === "later" ? laterQueries(parts) : nextQueries(interactions, past);
  return { target: chosen, past, queries: sample(builders, limit, random) };
}

function splitAtRandom(interactions: Interactions, share: number, random: Random): WindowParts {
  const heldOut = new Uint8Array(interactions.items.length);
  for (let user = 0; user < interactions.userIds.size; user++) {
    const history = historyOf(interactions, user);
    const items = shuffle(profileOf(history, interactions.itemIds.size).items, random);
    const chosen = new Set(items.subarray(0, Math.floor(share * items.length)));
    const start = interactions.indptr[user];
    history.items.forEach((item, i) => heldOut[start + i] = chosen.has(item) ? 1 : 0);
  }
  return {
    past: keepEvents(interactions, (p) => heldOut[p] === 0),
    window: keepEvents(interactions, (p) => heldOut[p] === 1),
  };
}

/** Builds a query once it is sampled: most never are. */
type QueryBuilder = () => Query;

function laterQueries({ past, window }: WindowParts): QueryBuilder[] {
  const users = Array.from({ length: past.userIds.size }, (_, user) => user);
  return users
    .filter((user) => eventCount(past, user) > 0 && eventCount(window, user) > 0)
    .map((user) => () => ({
      history: historyOf(past, user),
      relevant: profileOf(historyOf(window, user), past.itemIds.size).items,
    }));
}

function nextQueries(interactions: Interactions, past: Interactions): QueryBuilder[] {
  const builders: QueryBuilder[] = [];
  for (let user = 0; user < past.userIds.size; user++) {
    const whole = historyOf(interactions, user);
    const known = eventCount(past, user);
    for (let i = Math.max(1, known); i < whole.items.length; i++) {
      builders.push(() => ({
        history: sliceHistory(whole, 0, i),
        relevant: whole.items.subarray(i, i + 1),
      }));
    }
  }
  return builders;
}

function sample(builders: readonly QueryBuilder[], limit: number, random: Random): Query[] {
  const order = shuffle(Uint32Array.from(builders, (_, i) => i), random);
  return Array.from(order.subarray(0, limit), (i) => builders[i]());
}
