import { audienceOf } from "../../../placements/audience.ts";
import { audienceAnswer } from "../../../schema/answers.ts";
import { audienceQuery } from "../../../schema/lists.ts";
import { fresh } from "../../content.ts";
import { findProduct } from "../../find_product.ts";
import { findSegment } from "../../../placements/segments/find_segment.ts";
import { defineRoute } from "../../route.ts";

/** As much as ten lists: it takes up to `seconds`, but lets others through. */
const WEIGHT = 10;

/** `GET /products/{productId}/audience`: the users who would want a product most. */
export const audience = defineRoute({
  method: "GET",
  path: "/products/{productId}/audience",
  access: "manage",
  summary: "The users who would want a product most, of the artifact's or of a segment",
  query: audienceQuery,
  answers: fresh("The users, best first", audienceAnswer),
  weigh: () => WEIGHT,
  async handle({ path: { productId }, query }, { shop, placements }) {
    const { model, k, from, seconds, segment: name } = query;
    const item = await findProduct(shop, productId);
    const segment = name === undefined ? undefined : findSegment(placements, name);
    const limitMs = 1000 * seconds;
    return {
      productId,
      model,
      ...await audienceOf(shop, item, { model, k, from, limitMs, segment }),
    };
  },
});
