/** Products: what the service answers, and what the shop can change. */
import { z } from "zod";
import { decimal, fields, flagRule, idRule, priceRule, text, timeRule, urlRule } from "./rules.ts";

/** The details of a product. */
export const productFacts = z.object({
  productId: z.string(),
  brand: z.string().describe("`unknown` if the shop gave none"),
  category: z.string().describe("The category's path, or its number if the shop gave no path"),
  price: z.number().describe("The latest known price in the shop's currency; 0 if unknown"),
  title: z.string().optional(),
  imageUrl: z.string().optional().describe("The address of its picture, if the shop gave one"),
  url: z.string().optional().describe("The address of its page, if the shop gave one"),
});

/** The most numbers of its own that a shop may give a product. */
const MOST_FIELDS = 20;

/** The name of one of them. */
export const fieldName = z.string().regex(/^[A-Za-z_]\w{0,49}$/, {
  error: "a name of up to 50 letters, digits and underscores that doesn't begin with a digit",
});

const LARGEST_NUMBER = 1e12;

/** Numbers of the shop's own about a product, by name. */
const numericFields = z.record(fieldName, decimal(-LARGEST_NUMBER, LARGEST_NUMBER), {
  error: "an object of numbers by name",
}).refine((values) => Object.keys(values).length <= MOST_FIELDS, {
  error: `at most ${MOST_FIELDS} numbers`,
}).describe(
  "Numbers of the shop's own by name, such as its margin, for rules; they replace all that were " +
    "given before, and no list shows them",
);

/** The most products that a request may change. */
export const MOST_PRODUCTS = 1000;

/** New facts about a product; omitted fields keep their values. */
export const productChange = fields({
  brand: text().optional(),
  category: text().optional().describe("The category's path, for example accessories.bag"),
  categoryId: idRule.optional().describe("The shop's number of the category"),
  price: priceRule.optional(),
  title: text().optional(),
  imageUrl: urlRule.optional().describe("The address of its picture"),
  url: urlRule.optional().describe("The address of its page in the shop"),
  inStock: flagRule.optional().describe("Products out of stock are never recommended"),
  addedAt: timeRule.optional().describe(
    "When the product came to the shop, which decides for how long it is a new arrival; default " +
      "when it is put for the first time, if no event named it before",
  ),
  fields: numericFields.optional(),
});

/** New facts about one of several products. */
export const namedProductChange = fields({ productId: idRule, ...productChange.shape });
