import { z } from "zod";
import { idsAnswer, similarAnswer } from "../schema/answers.ts";
import { revalidatedJson } from "../../http/json.ts";
import {
  filterParameters,
  formatParameter,
  kParameter,
  notParameter,
  withPriceOrder,
} from "../schema/list_options.ts";
import { CONTENT_MODEL } from "../../recommend/live_models.ts";
import { json, revalidated, type Route } from "../route.ts";
import { idRule } from "../schema/rules.ts";
import type { Shop } from "../../recommend/shop.ts";
import { findProduct } from "./products.ts";

/** `GET /similar/{productId}`: the products most like one. */
export function similarRoute(shop: Shop): Route {
  const { models, manifest } = shop.artifact;
  const pathParameters = z.object({ productId: idRule });
  const query = withPriceOrder(z.object({
    k: kParameter,
    model: z.enum([...new Set([...models.keys(), CONTENT_MODEL])]).default(manifest.defaultModel)
      .describe("By what products are compared; `popularity` compares none, `content` answers"),
    ...filterParameters,
    not: notParameter,
    format: formatParameter,
  }));
  const route: Route<typeof pathParameters, typeof query> = {
    method: "GET",
    path: "/similar/{productId}",
    access: "read",
    summary: "The products most like one",
    pathParameters,
    query,
    answers: revalidated(json("The list", z.union([similarAnswer, idsAnswer]))),
    async handle({ request, path: { productId }, query: { format, ...wanted } }) {
      const item = await findProduct(shop, productId);
      const list = shop.recommender.similar(item, wanted);
      const answer = format === "ids"
        ? list.items.map(({ productId }) => productId)
        : { productId, ...list };
      return revalidatedJson(request, answer, "public, no-cache");
    },
  };
  return route;
}
