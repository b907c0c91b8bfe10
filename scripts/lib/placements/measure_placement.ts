import { discount, idealGain } from "../../../src/linalg/discounted_gain.ts";
import { historyOf, type Interactions } from "../../../src/interactions/interactions.ts";
import type {
  Placement,
  Placements,
} from "../../../src/service/placements/definition/placements.ts";
import { resolvePlacement } from "../../../src/service/placements/resolve.ts";
import type { Shop } from "../../../src/service/recommend/shop.ts";

/** A user of the test window: what they knew before it, and what they did in it. */
export interface MeasuredUser {
  readonly user: number;
  /** The products of the window that the user didn't know before, each once. */
  readonly fresh: ReadonlySet<number>;
  /** All products of the window, each once. */
  readonly all: ReadonlySet<number>;
}

/** What the lists of a placement give. */
export interface PlacementFigures {
  /** NDCG of each user's list, by what they did in the window. */
  readonly ndcgs: Float32Array;
  /** 1 for each user whose list has a product of theirs, otherwise 0. */
  readonly hits: Float32Array;
  /** The share of the products that are in any list. */
  readonly coverage: number;
  /** How many lists didn't meet a rule, by the rule. */
  readonly unmet: ReadonlyMap<string, number>;
}

/**
 * Users to measure: those with a history and with a product that is new to them in the window,
 * evenly from all of them.
 *
 * @param limit The most users.
 */
export function measuredUsers(
  past: Interactions,
  test: Interactions,
  limit: number,
): MeasuredUser[] {
  const users: MeasuredUser[] = [];
  for (let user = 0; user < test.userIds.size; user++) {
    const known = new Set(historyOf(past, user).items);
    const all = new Set(historyOf(test, user).items);
    const fresh = all.difference(known);
    if (known.size > 0 && fresh.size > 0) users.push({ user, fresh, all });
  }
  const step = Math.max(1, users.length / limit);
  const count = Math.min(limit, users.length);
  return Array.from({ length: count }, (_, i) => users[Math.floor(i * step)]);
}

/**
 * Makes a placement's list for each user at the beginning of the window, and compares it with what
 * they did in it. A placement that leaves seen products out is measured by products that were new
 * to the user, another one by all.
 *
 * @param now The beginning of the window, in milliseconds since 1970-01-01 UTC.
 */
export async function measurePlacement(
  placement: Placement,
  users: readonly MeasuredUser[],
  { shop, placements, past, now }: {
    readonly shop: Shop;
    readonly placements: Placements;
    readonly past: Interactions;
    readonly now: number;
  },
): Promise<PlacementFigures> {
  const shown = new Set<number>();
  const unmet = new Map<string, number>();
  const ndcgs = new Float32Array(users.length), hits = new Float32Array(users.length);
  for (const [u, { user, fresh, all }] of users.entries()) {
    const who = { history: historyOf(past, user) };
    const { placed, outcomes } = await resolvePlacement(placement, who, { shop, placements, now });
    const { exclude = "seen", k = placed.length } = placement;
    const relevant = exclude === "seen" ? fresh : all;
    let gain = 0;
    for (const [rank, { item }] of placed.entries()) {
      shown.add(item);
      if (!relevant.has(item)) continue;
      gain += discount(rank + 1);
      hits[u] = 1;
    }
    ndcgs[u] = gain / idealGain(Math.min(relevant.size, Math.max(k, 1)));
    for (const { rule, isMet } of outcomes) {
      if (!isMet) unmet.set(rule, (unmet.get(rule) ?? 0) + 1);
    }
  }
  return { ndcgs, hits, coverage: shown.size / shop.recommender.products.size, unmet };
}
