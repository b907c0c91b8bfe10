import { STATUS_CODE } from "../../../../base/std/http.ts";
import { placementAnswer } from "../../../schema/answers.ts";
import { placementPart, placementQuery } from "../../../schema/lists.ts";
import { answerCached, answerMade, cachedList, LIST_CACHING } from "../../cached_list.ts";
import { revalidatedList } from "../../content.ts";
import { inFormat } from "../../list_format.ts";
import type { ListState } from "../../list_cache.ts";
import { listWeight } from "../../list_weight.ts";
import { findPlacement, makePlacedList } from "../../placed_list.ts";
import { defineRoute } from "../../route.ts";
import { unreadOf, VISITOR, whoOf } from "../../../placements/who.ts";

/** The path of placements' lists. */
export const PLACEMENT_PATH = "/placements/{name}";

/** `GET /placements/{name}`: a placement's list for a user, a page or both. */
export const placement = defineRoute({
  method: "GET",
  path: PLACEMENT_PATH,
  access: "read",
  summary: "A placement's list, for a user, the product of a page or a basket",
  pathParameters: (models) => ({ name: placementPart(models) }),
  query: placementQuery,
  answers: revalidatedList(placementAnswer, LIST_CACHING),
  weigh: ({ query }) => listWeight(query),
  async handle({ request, path: { name }, query }, context) {
    const { shop, lists, placements, protection } = context;
    const { userId, productId: productIds, format, ...options } = query;
    const version = shop.version();
    const user = userId === undefined ? undefined : await shop.stateOf(userId);
    const state = userId === undefined ? visitorState(await shop.refresh()) : user;
    // A cached list is answered before tokens are looked at closely.
    const isCacheable = !options.explain;
    const cached = isCacheable ? lists.find(request, { state, version }) : undefined;
    if (cached) return answerCached(request, cached, context);
    if (options.explain) protection.requireManager(request);
    const placement = findPlacement(placements, name, {
      ...{ status: STATUS_CODE.NotFound, parameter: "name" },
    });
    const who = userId === undefined ? VISITOR : await whoOf(userId, user, shop);
    const made = await makePlacedList(
      { placement, userId, productIds, request: options, who },
      context,
    );
    const unread = unreadOf(who);
    const answer = inFormat(format, {
      ...(userId !== undefined && { userId }),
      ...made.list,
      ...unread,
    });
    const list = cachedList({ ...made, answer, unread }, { route: PLACEMENT_PATH, state, version });
    if (isCacheable && !who.histories) lists.add(request, list);
    return answerMade(request, list, context);
  },
});

/**
 * The state that the list of a visitor who did nothing depends on: products and rules.
 *
 * @param sequence How many changes of them there are; undefined if the store fails.
 */
function visitorState(sequence: number | undefined): ListState["state"] {
  if (sequence === undefined) return undefined;
  return { version: String(sequence), until: Infinity, catalogueSequence: sequence };
}
