import { rankAnswer } from "../../schema/answers.ts";
import { rankBody } from "../../schema/lists.ts";
import { freshList, jsonBody } from "../content.ts";
import type { Who } from "../../placements/strategies/strategy.ts";
import { unreadOf, whoIs } from "../../placements/who.ts";
import { idsOf } from "../list_format.ts";
import { listWeight } from "../list_weight.ts";
import { defineRoute, listAnswer } from "../route.ts";

/** `POST /rank`: orders a search result or a page of a category for a user or a visitor. */
export const rank = defineRoute({
  method: "POST",
  path: "/rank",
  access: "read",
  summary: "Products in the order of a user's or a visitor's interest; nothing is stored",
  body: (models) => jsonBody("The products, and for whom", rankBody(models)),
  answers: freshList(rankAnswer, "The order, best first"),
  weigh: ({ body: { productIds } }) => listWeight({ k: productIds.length }),
  async handle({ body: { productIds, userId, events, model, format } }, context) {
    const { shop } = context;
    const who: Who = userId === undefined
      ? { history: await shop.visitHistory(events ?? []) }
      : await whoIs(userId, shop);
    const { recommender, recommender: { products } } = shop;
    const items = productIds.map((productId) => products.indexOf(productId))
      .map((item) => products.isDeleted(item) ? -1 : item);
    const known = Uint32Array.from(items.filter((item) => item >= 0)).sort();
    const list = recommender.order(who.history, known, { model });
    const unknown = productIds.filter((_, i) => items[i] < 0);
    shop.metrics.listMade(list);
    const unread = unreadOf(who);
    const answer = format === "ids"
      ? [...idsOf(list), ...unknown]
      : { ...list, unknown, ...unread };
    return listAnswer(answer, { model: list.model }, context, unread);
  },
});
