import { CONTENT_MODEL } from "../../recommend/live_content.ts";
import { listOrIds, similarAnswer } from "../../schema/answers.ts";
import { similarQuery } from "../../schema/lists.ts";
import { revalidated } from "../content.ts";
import { findProduct } from "../find_product.ts";
import { inFormat } from "../list_format.ts";
import { listWeight } from "../list_weight.ts";
import { defineRoute, listAnswer } from "../route.ts";

/** `GET /similar/{productId}`: the products most similar to one. */
export const similar = defineRoute({
  method: "GET",
  path: "/similar/{productId}",
  access: "read",
  summary: "The products most similar to one",
  query: (models) => similarQuery(models, [CONTENT_MODEL]),
  answers: revalidated("The list", listOrIds(similarAnswer), "public, no-cache"),
  weigh: ({ query }) => listWeight(query),
  async handle({ path: { productId }, query: { format, ...options } }, context) {
    const { shop } = context;
    const item = await findProduct(shop, productId);
    const list = shop.recommender.similar([item], options);
    const origin = { model: list.model, offset: options.offset };
    return listAnswer(inFormat(format, { productId, ...list }), origin, context);
  },
});
