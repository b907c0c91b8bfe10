import { z } from "zod";
import type { Artifact } from "../../../artifact/load.ts";
import { EXCLUDES } from "../../../models/rank.ts";
import {
  decimal,
  fields,
  flagRule,
  fromFlagText,
  fromListText,
  fromNumberText,
  idRule,
  priceRule,
  text,
  whole,
} from "./rules.ts";

const LARGEST_K = 100;
const DEFAULT_K = 10;
const MOST_LEFT_OUT = 1000;

const k = whole(1, LARGEST_K).describe("How many products");
const exclude = z.enum(EXCLUDES).describe("Which of the user's own products to leave out");
const brand = text().describe("Only products of this brand");
const category = text().describe(
  "Only products of this category: its path, that of a category above it, or its number",
);
const minPrice = priceRule.describe("Only products of a known price that isn't lower");
const maxPrice = priceRule.describe("Only products of a known price that isn't higher");
const not = z.array(idRule, { error: "a list of product ids" })
  .max(MOST_LEFT_OUT, { error: `at most ${MOST_LEFT_OUT} product ids` })
  .describe("Products to leave out");
const diversity = decimal(0, 1).describe(
  "From 0, the order of the scores, to 1, nothing but variety (maximal marginal relevance)",
);
const rotate = flagRule.describe("Whether to lower what this user was shown within the last day");
const explain = flagRule.describe("Whether to say because of which of the user's own events");
const format = z.enum(["full", "ids"]).describe("`ids` gives a bare list of product ids");

/** Filters as parameters of a query. */
export const filterParameters = {
  brand: brand.optional(),
  category: category.optional(),
  minPrice: fromNumberText(minPrice).optional(),
  maxPrice: fromNumberText(maxPrice).optional(),
};

/** `k` as a parameter of a query. */
export const kParameter = fromNumberText(k).default(DEFAULT_K);

/** `not` as a parameter of a query: ids between commas. */
export const notParameter = fromListText(not).optional();

/** `format` as a parameter of a query. */
export const formatParameter = format.default("full");

/** Lists can be wanted by any of the artifact's models. */
function modelRule({ models, manifest }: Artifact) {
  return z.enum([...models.keys()]).default(manifest.defaultModel)
    .describe("The model; default the one that training chose");
}

/** What can be wanted of a list, as parameters of a query. */
export function listParameters(artifact: Artifact) {
  return withPriceOrder(z.object({
    k: kParameter,
    model: modelRule(artifact),
    exclude: exclude.default("seen"),
    ...filterParameters,
    not: notParameter,
    diversity: fromNumberText(diversity).default(0),
    rotate: fromFlagText(rotate).default(false),
    explain: fromFlagText(explain).default(false),
    format: formatParameter,
  }));
}

/** What can be wanted of a list for somebody who isn't known, as fields of a body; nothing is remembered. */
export function sessionFields<Shape extends z.core.$ZodLooseShape>(
  artifact: Artifact,
  others: Shape,
) {
  return withPriceOrder(fields({
    ...others,
    k: k.default(DEFAULT_K),
    model: modelRule(artifact),
    exclude: exclude.default("seen"),
    brand: brand.optional(),
    category: category.optional(),
    minPrice: minPrice.optional(),
    maxPrice: maxPrice.optional(),
    not: not.optional(),
    diversity: diversity.default(0),
    explain: explain.default(false),
    format: formatParameter,
  }));
}

/** Adds the rule that the price limits leave something between them. */
export function withPriceOrder<Schema extends z.ZodObject>(schema: Schema): Schema {
  return schema.refine(
    (values) => {
      const { minPrice = 0, maxPrice = Infinity } = values as {
        minPrice?: number;
        maxPrice?: number;
      };
      return minPrice <= maxPrice;
    },
    { path: ["minPrice"], error: "at most maxPrice" },
  );
}
