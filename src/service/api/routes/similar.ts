import { revalidatedJson } from "../../http/json.ts";
import { CONTENT_MODEL } from "../../recommend/live_content.ts";
import { similarAnswer } from "../../schema/answers.ts";
import { similarQuery } from "../../schema/lists.ts";
import { revalidatedList } from "../content.ts";
import { findProduct } from "../find_product.ts";
import { inFormat } from "../list_format.ts";
import { withUnread } from "../list_headers.ts";
import { listWeight } from "../list_weight.ts";
import { makePlacedList, plainPlacement, withoutSteps } from "../placed_list.ts";
import { defineRoute, listAnswer, withListId } from "../route.ts";
import { unreadOf, whoIs } from "../../placements/who.ts";

/** `GET /similar/{productId}`: the products most similar to one. */
export const similar = defineRoute({
  method: "GET",
  path: "/similar/{productId}",
  access: "read",
  summary: "The products most similar to one, for everybody or for a user",
  query: (models) => similarQuery(models, [CONTENT_MODEL]),
  answers: revalidatedList(similarAnswer, "public, no-cache"),
  weigh: ({ query }) => listWeight(query),
  async handle({ request, path: { productId }, query }, context) {
    const { userId, exclude, format, model, ...options } = query;
    const { shop, placements, exposures } = context;
    const item = await findProduct(shop, productId);
    if (userId === undefined) {
      const list = shop.similar.list([item], { model, ...options });
      const origin = { model: list.model, offset: options.offset };
      return listAnswer(inFormat(format, { productId, ...list }), origin, context);
    }
    const placement = plainPlacement({ strategy: "similar", model }, placements);
    const who = await whoIs(userId, shop);
    const { list, shown } = await makePlacedList({
      ...{ placement, productIds: [productId], who },
      request: { exclude, ...options },
    }, context);
    const unread = unreadOf(who);
    const answer = inFormat(format, { productId, userId, ...withoutSteps(list), ...unread });
    const response = revalidatedJson(request, answer, "private, no-cache");
    return withUnread(withListId(response, shown, exposures), unread);
  },
});
