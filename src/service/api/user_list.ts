import type { z } from "zod";
import type { RecommendationList } from "../recommend/recommendation.ts";
import type { Immutable } from "../schema/immutable.ts";
import type { userListOptions } from "../schema/lists.ts";
import type { UserState } from "../store/entries/user_states.ts";
import { idsOf, inFormat } from "./list_format.ts";
import type { Who } from "../placements/strategies/strategy.ts";
import type { Shop } from "../recommend/shop.ts";
import { makePlacedList, type PlacementAsk, placementOfPlain } from "./placed_list.ts";
import type { ApiContext } from "./route.ts";

/** The options of a user's list, with their defaults. */
export type UserListOptions = Immutable<
  z.output<z.ZodObject<ReturnType<typeof userListOptions>>>
>;

/** A list for a user, as it is answered. */
export interface UserList {
  readonly list: RecommendationList;
  /** Until when it is valid while nothing changes; milliseconds since 1970-01-01 UTC. */
  readonly until: number;
  readonly answer:
    | RecommendationList & { readonly userId: string; readonly store?: "unavailable" }
    | readonly string[];
}

/**
 * Makes a user's list. With `rotate`, what it shows is remembered, and stored if the request has
 * one of `API_TOKENS`.
 *
 * @param options `state`: what the store knows about the user; undefined if it fails. `placed`: the
 *   placement that makes the list. Default none.
 * @throws {ProblemError} 401 or 403 if the list is to be explained and the request has no token of
 *   `API_TOKENS`.
 */
export async function makeUserList(
  { request, userId, state, placed, options: { rotate, format, ...options } }: {
    readonly request: Request;
    readonly userId: string;
    readonly state: UserState | undefined;
    readonly options: UserListOptions;
    readonly placed?: Pick<PlacementAsk, "placement" | "request">;
  },
  { shop, placements, protection }: Pick<ApiContext, "shop" | "placements" | "protection">,
): Promise<UserList> {
  // An explanation shows what the user did, as their history does.
  if (options.explain) protection.requireManager(request);
  const shown = rotate ? await shop.shownTo(userId) : undefined;
  const { purchased, disliked } = state ?? {};
  const who = { history: shop.historyOf(userId, state), purchased, disliked, shown };
  const placement = placed ?? placementOfPlain(options, shop);
  const { list, until } = placement
    ? await makePlacedList({ ...placement, who }, { shop, placements })
    : { list: makePlainList(who, options, shop), until: Infinity };
  if (rotate) {
    const isStored = protection.mayManage(request);
    await shop.recordShown(userId, idsOf(list), { isStored });
  }
  const store = state ? {} : { store: "unavailable" } as const;
  return { list, until, answer: inFormat(format, { userId, ...list, ...store }) };
}

function makePlainList(
  { history, ...who }: Who,
  options: Omit<UserListOptions, "rotate" | "format">,
  { recommender, metrics }: Shop,
): RecommendationList {
  const list = recommender.recommend(history, { ...options, ...who });
  metrics.listMade(list);
  return list;
}
