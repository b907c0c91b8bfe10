import { STATUS_CODE } from "../../../../base/std/http.ts";
import { listOrIds, placementAnswer } from "../../../schema/answers.ts";
import { placementPart, placementQuery } from "../../../schema/lists.ts";
import { fresh } from "../../content.ts";
import { inFormat } from "../../list_format.ts";
import { listWeight } from "../../list_weight.ts";
import { findPlacement, makePlacedList } from "../../placed_list.ts";
import { defineRoute, ListAnswer } from "../../route.ts";
import { whoIs } from "../../who.ts";

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
  answers: fresh("The list", listOrIds(placementAnswer)),
  weigh: ({ query }) => listWeight(query),
  async handle({ request, path: { name }, query }, context) {
    const { shop, placements, protection } = context;
    const { userId, productId: productIds, format, ...options } = query;
    if (options.explain) protection.requireManager(request);
    const placement = findPlacement(placements, name, {
      ...{ status: STATUS_CODE.NotFound, parameter: "name" },
    });
    const who = await whoIs(userId, shop);
    const { list, shown } = await makePlacedList(
      { placement, userId, productIds, request: options, who },
      context,
    );
    const answer = { ...(userId !== undefined && { userId }), ...list };
    return new ListAnswer(inFormat(format, answer), shown);
  },
});
