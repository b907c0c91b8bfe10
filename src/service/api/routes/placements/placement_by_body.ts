import { STATUS_CODE } from "../../../../base/std/http.ts";
import { placementAnswer } from "../../../schema/answers.ts";
import { placementBody, placementPart } from "../../../schema/lists.ts";
import { freshList, jsonBody } from "../../content.ts";
import { inFormat } from "../../list_format.ts";
import { listWeight } from "../../list_weight.ts";
import { findPlacement, makePlacedList } from "../../placed_list.ts";
import { unwantedOnVisit } from "../../../recommend/shop.ts";
import { defineRoute, ListAnswer } from "../../route.ts";
import { unreadOf, whoIs } from "../../../placements/who.ts";
import type { Who } from "../../../placements/strategies/strategy.ts";
import { PLACEMENT_PATH } from "./placement.ts";

/** `POST /placements/{name}`: a placement's list for an anonymous visit; nothing is stored. */
export const placementByBody = defineRoute({
  method: "POST",
  path: PLACEMENT_PATH,
  access: "read",
  summary: "A placement's list for what an anonymous visitor did; nothing is stored",
  pathParameters: (models) => ({ name: placementPart(models) }),
  body: (models) => jsonBody("The visit or user, and the options", placementBody(models)),
  answers: freshList(placementAnswer),
  weigh: ({ body }) => listWeight(body),
  async handle({ request, path: { name }, body }, context) {
    const { shop, placements, protection } = context;
    const { userId, events = [], productId: productIds, format, ...options } = body;
    if (userId !== undefined && options.explain) protection.requireManager(request);
    const placement = findPlacement(placements, name, {
      ...{ status: STATUS_CODE.NotFound, parameter: "name" },
    });
    const who: Who = userId === undefined
      ? { history: await shop.visitHistory(events), ...unwantedOnVisit(events) }
      : await whoIs(userId, shop);
    const { list, shown } = await makePlacedList(
      { placement, userId, productIds, request: options, who },
      context,
    );
    const unread = unreadOf(who);
    const answer = { ...(userId !== undefined && { userId }), ...list, ...unread };
    return new ListAnswer(inFormat(format, answer), shown, unread);
  },
});
