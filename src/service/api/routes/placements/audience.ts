import { STATUS_CODE } from "../../../../base/std/http.ts";
import { nearestName } from "../../../../base/nearest_name.ts";
import { ProblemError } from "../../../http/problem.ts";
import { audienceOf } from "../../../placements/audience.ts";
import type { Placements } from "../../../placements/definition/placements.ts";
import type { SegmentDefinition } from "../../../placements/definition/schema.ts";
import { audienceAnswer } from "../../../schema/answers.ts";
import { audienceQuery } from "../../../schema/lists.ts";
import { fresh } from "../../content.ts";
import { findProduct } from "../../find_product.ts";
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

function findSegment({ segments }: Placements, name: string): SegmentDefinition {
  const segment = segments.get(name);
  if (segment) return segment;
  const names = [...segments.keys()];
  const nearest = nearestName(name, names);
  throw new ProblemError({
    status: STATUS_CODE.BadRequest,
    detail: "The file of placements has no segment of this name" +
      (nearest === undefined ? "" : `; did you mean ${nearest}?`),
    parameter: "segment",
    allowed: names,
  });
}
