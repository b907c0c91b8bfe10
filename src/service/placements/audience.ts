import { sleep } from "../../base/time.ts";
import type { History } from "../../interactions/history.ts";
import { rankBatch } from "../../models/rank.ts";
import { scoreItems } from "../../models/scoring/score_items.ts";
import { InsideHistories } from "../../histories/inside.ts";
import { ProblemError } from "../http/problem.ts";
import { STATUS_CODE } from "../../base/std/http.ts";
import { hiddenProducts } from "../catalogue/hidden_products.ts";
import type { Shop } from "../recommend/shop.ts";
import type { SegmentDefinition } from "./definition/schema.ts";
import { audienceOrder } from "./audience_order.ts";
import { isInSegment, segmentContext } from "./segments/is_in_segment.ts";

/** A user who may want a product. */
export interface Fan {
  readonly userId: string;
  /** See {@linkcode audienceOf}. */
  readonly affinity: number;
}

/** The users who would want a product most. */
export interface Audience {
  readonly users: readonly Fan[];
  /** How many users were compared: those with a known history who don't have the product. */
  readonly compared: number;
  /** The share of the artifact's users that are done, from the first on. */
  readonly share: number;
  /** Of the users who did something in the product's category, who come first. */
  readonly inCategory?: { readonly users: number; readonly share: number };
  /** How many users of the order are done, to go on from; absent if all are. */
  readonly next?: number;
}

/** How {@linkcode audienceOf} searches. */
export interface AudienceOptions {
  readonly model: string;
  /** How many users. */
  readonly k: number;
  /** How many of the artifact's users to skip, in the order in which they are compared. */
  readonly from: number;
  /** After how many milliseconds it stops. */
  readonly limitMs: number;
  /** Only users who meet its conditions. Default all. */
  readonly segment?: SegmentDefinition;
}

/** How many other products of a user's own list the product is compared with. */
const LIST = 10;

/** How long other requests wait at most while users are compared, in milliseconds, about. */
const TURN_MS = 10;

/** The most users that are compared together. */
const MOST_TOGETHER = 32;

interface Candidate {
  readonly userId: string;
  readonly history: History;
}

/**
 * The artifact's users for whom a product stands highest beside their own lists:
 *
 *   affinity = (s − s₁₀) / (s₁ − s₁₀)       if s ≤ s₁
 *   affinity = 1 + (s − s₁) / (s − s₁₀)     otherwise
 *
 * with s the product's score and s₁ and s₁₀ those of the first and last of the ten best others that
 * are new to the user. So 0 is as good as the tenth of them and 1 as the first; above that, up to
 * 2, the product would come first, the more the farther ahead of the others it is; below 0 it
 * wouldn't be on the list. Scores themselves aren't comparable between users. Users who have the
 * product, those without a known history, those whose others all have one score that the product
 * doesn't exceed, and those who were forgotten are left out. So is everybody if nothing is known
 * of the product.
 *
 * Comparing a user takes as long as a list. So those who did something in the product's category
 * come first (see {@linkcode audienceOrder}): the best are among them.
 *
 * @throws {ProblemError} 409 if histories are apart from the artifact: there is no such order then.
 */
export async function audienceOf(
  shop: Shop,
  item: number,
  { model, k, from, limitMs, segment }: AudienceOptions,
): Promise<Audience> {
  const histories = requireInside(shop);
  const { models, products } = shop.recommender;
  const { users } = histories;
  const context = segmentContext(shop);
  const started = performance.now();
  const order = await audienceOrder(shop, histories, item);
  const best: Fan[] = [];
  let compared = 0;
  let next = from;
  let together = 1;
  while (next < users && (next === from || performance.now() - started < limitMs)) {
    const turn = performance.now();
    const chunk: Candidate[] = [];
    for (const end = Math.min(users, next + together); next < end; next++) {
      const user = order ? order.users[next] : next;
      const userId = histories.userIds.idAt(user);
      if (shop.store?.knownForgotten(userId) !== undefined) continue;
      const history = histories.packed.of(user);
      if (!models.knowsAny(model, history) || history.items.includes(item)) continue;
      if (!segment || isInSegment(history, segment, context)) chunk.push({ userId, history });
    }
    const scorer = models.scorer(model);
    const lists = rankBatch(scorer, chunk.map(({ history }) => history), {
      k: LIST,
      hidden: hiddenProducts(products, { not: [products.idAt(item)] }),
      buffer: models.buffer,
    });
    for (const [i, { userId, history }] of chunk.entries()) {
      const { scores } = lists[i];
      if (scores.length === 0) continue;
      const [score] = scoreItems(scorer, history, Uint32Array.of(item), models.buffer);
      const affinity = affinityOf(score, { first: scores[0], last: scores[scores.length - 1] });
      if (affinity === undefined) continue;
      compared++;
      best.push({ userId, affinity });
    }
    best.sort((a, b) => b.affinity - a.affinity).splice(k);
    const took = performance.now() - turn;
    if (took > TURN_MS) together = Math.max(1, together >> 1);
    else if (took < TURN_MS / 4) together = Math.min(MOST_TOGETHER, 2 * together);
    await sleep(0);
  }
  const shareOf = (size: number) => size === 0 ? 1 : Math.min(1, next / size);
  return {
    users: best,
    compared,
    share: shareOf(users),
    ...(order && { inCategory: { users: order.inCategory, share: shareOf(order.inCategory) } }),
    ...(next < users && { next }),
  };
}

/**
 * @param score `-Infinity` if nothing is known of the product.
 * @returns Undefined then, or if the others have one score that it doesn't exceed.
 */
function affinityOf(
  score: number,
  { first, last }: { readonly first: number; readonly last: number },
): number | undefined {
  if (score > first) return 1 + (score - first) / (score - last);
  return first > last && score > -Infinity ? (score - last) / (first - last) : undefined;
}

function requireInside({ artifact }: Shop): InsideHistories {
  const { histories } = artifact.interactions;
  if (histories instanceof InsideHistories) return histories;
  throw new ProblemError({
    status: STATUS_CODE.Conflict,
    detail: "An audience is looked for in all users' histories, which must be inside the " +
      "artifact; these are apart from it (--histories apart)",
  });
}
