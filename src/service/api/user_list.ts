import type { z } from "zod";
import type { ExposableList } from "../exposures/exposures.ts";
import type { CountedPlacement } from "../observability/metrics.ts";
import type { RecommendationList } from "../recommend/recommendation.ts";
import type { Immutable } from "../schema/immutable.ts";
import type { userListOptions } from "../schema/lists.ts";
import type { UserState } from "../store/entries/user_states.ts";
import { idsOf, inFormat } from "./list_format.ts";
import type { Unread } from "../recommend/shop.ts";
import type { Who } from "../placements/strategies/strategy.ts";
import { unreadOf, whoOf } from "../placements/who.ts";
import {
  assignmentOf,
  type ListContext,
  makePlacedList,
  originOf,
  type PlacementAsk,
  placementOfPlain,
} from "./placed_list.ts";
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
  /** What was counted if a placement made it. */
  readonly placed?: CountedPlacement;
  /** Whether all that the user did could be read; otherwise it isn't cached. */
  readonly isWhole: boolean;
  readonly answer:
    | RecommendationList & Unread & { readonly userId: string }
    | readonly string[];
  /** What its ids say; absent if lists have none. */
  readonly shown?: ExposableList;
  /** What couldn't be read for it. */
  readonly unread: Unread;
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
  context: ListContext & Pick<ApiContext, "protection">,
): Promise<UserList> {
  const { shop, protection } = context;
  // An explanation shows what the user did, as their history does.
  if (options.explain) protection.requireManager(request);
  const shownBefore = rotate ? await shop.shownTo(userId) : undefined;
  const who = { ...await whoOf(userId, state, shop), shown: shownBefore };
  const { list, until, shown, placed: counted } = placed
    ? await makePlacedList({ ...placed, userId, who }, context)
    : await makePlainList({ userId, who, options }, context);
  if (rotate) {
    const isStored = protection.mayManage(request);
    await shop.recordShown(userId, idsOf(list), { isStored });
  }
  const unread = unreadOf(who);
  const answer = inFormat(format, { userId, ...list, ...unread });
  const isWhole = who.histories === undefined;
  return { list, until, placed: counted, isWhole, answer, unread, ...(shown && { shown }) };
}

/** A list without a placement: what a model recommends, or what an experiment has instead. */
async function makePlainList(
  { userId, who, options: sent }: {
    readonly userId: string;
    readonly who: Who;
    readonly options: Omit<UserListOptions, "rotate" | "format">;
  },
  context: ListContext,
): Promise<Pick<UserList, "list" | "until" | "shown" | "placed">> {
  const { shop, placements, exposures } = context;
  const { recommender, metrics } = shop;
  // Who chooses a model themselves takes part in no experiment.
  const { assigned, until } = sent.model === recommender.defaultModel
    ? assignmentOf(userId, undefined, context.experiments)
    : { until: Infinity };
  const options = assigned?.model === undefined ? sent : { ...sent, model: assigned.model };
  const other = assigned?.placement === undefined ? undefined : placements.get(assigned.placement);
  const placed = other
    ? { placement: other, request: withoutDefaults(options) }
    : placementOfPlain(options, context);
  const { history, store: _, histories: __, ...others } = who;
  const made: Pick<UserList, "list" | "until" | "placed"> = placed
    ? await makePlacedList({ ...placed, who }, { shop, placements })
    : { list: recommender.recommend(history, { ...options, ...others }), until: Infinity };
  if (!placed) metrics.listMade(made.list);
  const origin = originOf(made.list, { assigned, offset: options.offset });
  const shown = await exposures?.prepare(origin);
  return { ...made, until: Math.min(until, made.until), shown };
}

/** The options that narrow a placement: defaults would, too. */
function withoutDefaults(
  { model: _, exclude, diversity, calibration, ...options }: Omit<
    UserListOptions,
    "rotate" | "format"
  >,
): PlacementAsk["request"] {
  return {
    ...options,
    ...(exclude !== "seen" && { exclude }),
    ...(diversity > 0 && { diversity }),
    ...(calibration > 0 && { calibration }),
  };
}
