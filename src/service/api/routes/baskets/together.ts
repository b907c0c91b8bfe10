import { STATUS_CODE } from "../../../../base/std/http.ts";
import { ProblemError } from "../../../http/problem.ts";
import type { Shop } from "../../../recommend/shop.ts";
import { type Together, TOGETHER_MODEL } from "../../../recommend/together.ts";
import { togetherAnswer } from "../../../schema/answers.ts";
import { togetherBody, togetherQuery } from "../../../schema/together.ts";
import { freshList, jsonBody, revalidatedList } from "../../content.ts";
import { findProduct } from "../../find_product.ts";
import { inFormat } from "../../list_format.ts";
import { listWeight } from "../../list_weight.ts";
import { defineRoute, listAnswer } from "../../route.ts";

/** A basket of as many products takes as long as a short list. */
const PRODUCTS_PER_REQUEST = 25;

/** `GET /together/{productId}`: what is bought with a product. */
export const together = defineRoute({
  method: "GET",
  path: "/together/{productId}",
  access: "read",
  summary: "What is bought with a product, without its alternatives",
  query: togetherQuery,
  answers: revalidatedList(togetherAnswer, "public, no-cache"),
  weigh: ({ query: { k, offset } }) => listWeight({ k, offset }),
  async handle({ path: { productId }, query: { format, ...options } }, context) {
    const table = requireTable(context.shop);
    await findProduct(context.shop, productId);
    const list = table.list([productId], options);
    const origin = { model: TOGETHER_MODEL, offset: options.offset };
    return listAnswer(inFormat(format, list), origin, context);
  },
});

/** `POST /together`: what is bought with the products of a basket. */
export const togetherByBody = defineRoute({
  method: "POST",
  path: "/together",
  access: "read",
  summary: "What is bought with the products of a basket, without their alternatives",
  body: jsonBody("The basket and the options of the list", togetherBody),
  answers: freshList(togetherAnswer),
  weigh: ({ body: { k, offset, productIds } }) =>
    Math.max(listWeight({ k, offset }), Math.ceil(productIds.length / PRODUCTS_PER_REQUEST)),
  async handle({ body: { productIds, format, ...options } }, context) {
    const table = requireTable(context.shop);
    await context.shop.refresh();
    const list = table.list(productIds, options);
    const origin = { model: TOGETHER_MODEL, offset: options.offset };
    return listAnswer(inFormat(format, list), origin, context);
  },
});

/** @throws {ProblemError} 404 if the artifact has no table of products that go together. */
function requireTable({ together }: Shop): Together {
  if (together.absent === undefined) return together;
  throw new ProblemError({
    status: STATUS_CODE.NotFound,
    detail: `The artifact has no table of products that go together: ${together.absent}; ` +
      "train again: deno task train --events FILE",
  });
}
