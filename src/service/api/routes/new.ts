import { isoTime } from "../../../base/time.ts";
import { revalidatedJson } from "../../http/json.ts";
import { newAnswer } from "../../schema/answers.ts";
import { ARRIVAL_DAYS, newQuery } from "../../schema/lists.ts";
import { revalidatedList } from "../content.ts";
import { inFormat } from "../list_format.ts";
import { withUnread } from "../list_headers.ts";
import { listWeight } from "../list_weight.ts";
import { makePlacedList, plainPlacement, withoutSteps } from "../placed_list.ts";
import { defineRoute, ListAnswer, withListId } from "../route.ts";
import { unreadOf, whoIs } from "../../placements/who.ts";

/** `GET /new`: new arrivals, newest first or in the order of a user's interest. */
export const newArrivals = defineRoute({
  method: "GET",
  path: "/new",
  access: "read",
  summary: "New arrivals, newest first or in the order of a user's interest",
  query: newQuery,
  answers: revalidatedList(newAnswer, "public, no-cache"),
  weigh: ({ query }) => listWeight(query),
  async handle({ request, query: { userId, window: days, model, format, ...asked } }, context) {
    const { shop, placements, exposures } = context;
    const who = await whoIs(userId, shop);
    const step = { strategy: "new", model, window: days } as const;
    const placement = plainPlacement(step, placements);
    const { list, shown } = await makePlacedList({ placement, who, request: asked }, context);
    const { from, to } = await shop.popularity.window(days ?? ARRIVAL_DAYS);
    const unread = unreadOf(who);
    const answer = inFormat(format, {
      ...(userId !== undefined && { userId }),
      window: { from: isoTime(from), to: isoTime(to) },
      ...withoutSteps(list),
      ...unread,
    });
    if (userId === undefined) return new ListAnswer(answer, shown);
    const response = revalidatedJson(request, answer, "private, no-cache");
    return withUnread(withListId(response, shown, exposures), unread);
  },
});
