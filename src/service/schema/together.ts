/** The options of lists of what goes together. */
import { inQuery } from "./in_query.ts";
import { filters, format, places, productIdsRule, withPriceOrder } from "./lists.ts";
import { fields, flagRule } from "./rules.ts";

/** The largest basket. */
const MOST_PRODUCTS = 100;

const options = {
  ...places,
  ...filters,
  explain: flagRule.describe(
    "Whether to say in how many baskets each product was with those asked for, and how many " +
      "times as often as by chance",
  ).default(false),
  format,
};

/** The query for what goes with a product. */
export const togetherQuery = withPriceOrder(inQuery(options));

/** The body that asks for what goes with a basket. */
export const togetherBody = withPriceOrder(fields({
  productIds: productIdsRule(MOST_PRODUCTS).describe("The products of the basket"),
  ...options,
}));
