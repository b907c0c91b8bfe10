import { STATUS_CODE } from "../../../base/std/http.ts";
import { jsonResponse } from "../../http/json.ts";
import { recommendAnswer } from "../../schema/answers.ts";
import { recommendQuery } from "../../schema/lists.ts";
import { revalidatedList } from "../content.ts";
import { answerCached, answerMade, cachedList, LIST_CACHING } from "../cached_list.ts";
import { withUnread } from "../list_headers.ts";
import { listWeight } from "../list_weight.ts";
import { findPlacement } from "../placed_list.ts";
import { defineRoute, withListId } from "../route.ts";
import { makeUserList } from "../user_list.ts";

/** The path of users' lists. */
export const RECOMMEND_PATH = "/recommend/{userId}";

/** `GET /recommend/{userId}`: the best products for a user; popular ones for an unknown user. */
export const recommend = defineRoute({
  method: "GET",
  path: RECOMMEND_PATH,
  access: "read",
  summary: "The best products for a user, best first",
  query: recommendQuery,
  answers: revalidatedList(recommendAnswer, LIST_CACHING),
  weigh: ({ query }) => listWeight(query),
  async handle({ request, path: { userId }, query }, context) {
    const { shop, lists, placements, exposures } = context;
    const { rotate, explain, placement: name, ...options } = query;
    const version = shop.version();
    const state = await shop.stateOf(userId);
    // A cached list is answered before tokens are looked at closely.
    const isCacheable = !rotate && !explain;
    const cached = isCacheable ? lists.find(request, { state, version }) : undefined;
    if (cached) return answerCached(request, cached, context);
    const placement = name === undefined ? undefined : findPlacement(placements, name, {
      ...{ status: STATUS_CODE.BadRequest, parameter: "placement" },
    });
    const made = await makeUserList({
      ...{ request, userId, state },
      options: { rotate, explain, ...options },
      placed: placement && { placement, request: givenOptions(request, { explain, ...options }) },
    }, context);
    if (rotate) {
      const response = jsonResponse(made.answer, "no-store");
      return withUnread(withListId(response, made.shown, exposures), made.unread);
    }
    const list = cachedList(made, { route: RECOMMEND_PATH, state, version });
    if (isCacheable && made.isWhole) lists.add(request, list);
    return answerMade(request, list, context);
  },
});

/** The options that a request gives itself: defaults would narrow its placement. */
function givenOptions<Options extends object>(
  { url }: Request,
  options: Options,
): Partial<Options> {
  const { searchParams } = new URL(url);
  const given = Object.entries(options).filter(([name]) => searchParams.has(name));
  return Object.fromEntries(given) as Partial<Options>;
}
