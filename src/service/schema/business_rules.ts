/** Business rules: what a shop changes about lists, whatever models recommend. */
import { z } from "zod";
import { ARRIVAL_DAYS, facets, LONGEST_WINDOW, withPriceOrder } from "./lists.ts";
import { fieldName } from "./products.ts";
import { anyTimeRule, decimal, fields, idRule, text, whole } from "./rules.ts";

/** The most rules that a shop may put. */
export const MOST_RULES = 200;

const MOST_DAYS = 3650;
const MOST_NAMED = 100;
const MOST_PRODUCTS = 1000;
const LAST_PIN = 100;
const LARGEST_FACTOR = 100;
/** A value of Deno KV has at most 64 KiB. */
const MOST_BYTES = 60_000;
const LARGEST_CAP = 1000;

const LONGEST_NAME = 50;
const NAME_ERROR = `a name of up to ${LONGEST_NAME} letters, digits, - and _`;

/** The name of a placement, a rule or a segment. */
export const nameRule = text(LONGEST_NAME)
  .refine((name) => /^[A-Za-z0-9][\w-]*$/.test(name), { error: NAME_ERROR })
  .describe("Letters, digits, - and _");

function namesOf(kind: string) {
  return z.array(nameRule, { error: `a list of ${kind}` })
    .min(1, { error: `at least one of the ${kind}` })
    .max(MOST_NAMED, { error: `at most ${MOST_NAMED} ${kind}` });
}

const range = fields({ min: z.number().optional(), max: z.number().optional() })
  .refine(({ min = -Infinity, max = Infinity }) => min <= max, {
    error: "a range whose min isn't above its max",
  });

const conditions = {
  products: z.array(idRule, { error: "a list of product ids" })
    .min(1, { error: "at least one product id" })
    .max(MOST_PRODUCTS, { error: `at most ${MOST_PRODUCTS} product ids` })
    .describe("One of these").optional(),
  ...facets,
  fields: z.record(fieldName, range).describe(
    "The shop's own numbers of a product, such as `margin`, from `min` to `max`; a product " +
      "without the number isn't meant",
  ).optional(),
};

function hasAny(values: object): boolean {
  return Object.values(values).some((value) => value !== undefined);
}

const SOME_CONDITION = `something of ${Object.keys(conditions).join(", ")}`;

/** Which products a rule means: those that meet all conditions. */
export const productConditions = withPriceOrder(fields(conditions))
  .refine(hasAny, { error: SOME_CONDITION });

const effects = {
  pin: fields({
    productId: idRule,
    position: whole(1, LAST_PIN).describe("The place in the list, from 1"),
  }).describe("Puts a product at a place of the list").optional(),
  boost: withPriceOrder(fields({
    factor: decimal(1 / LARGEST_FACTOR, LARGEST_FACTOR).describe(
      "Multiplies scores; below 1 it buries",
    ),
    ...conditions,
  })).refine(({ factor: _, ...where }) => hasAny(where), { error: SOME_CONDITION })
    .describe("Raises or lowers products").optional(),
  include: productConditions.describe("Only these products").optional(),
  exclude: productConditions.describe("Never these products").optional(),
  cap: fields({
    by: z.enum(["brand", "category"]),
    most: whole(1, LARGEST_CAP),
  }).describe("The most products of each known brand or category").optional(),
  newArrivals: fields({
    share: decimal(0, 1).describe("At least this share of the list, rounded up").optional(),
    most: decimal(0, 1).describe("At most this share, rounded down").optional(),
    days: whole(1, LONGEST_WINDOW)
      .describe(`A new arrival came within the last days; default ${ARRIVAL_DAYS}`).optional(),
  }).refine(({ share, most }) => share !== undefined || most !== undefined, {
    error: "given with share, most or both",
  }).refine(({ share = 0, most = 1 }) => share <= most, {
    error: "given with a most of at least its share",
  })
    .describe("How much of the list is new arrivals").optional(),
  boughtAgain: withPriceOrder(fields({
    days: whole(0, MOST_DAYS)
      .describe("How long after the last purchase the product is listed again; default never")
      .optional(),
    ...conditions,
  })).describe(
    "When what the user bought is listed again; until then never, whatever `exclude` says. Of " +
      "several rules the first that means a product holds",
  ).optional(),
};

/** What a rule does. */
export const EFFECTS = Object.keys(effects) as (keyof typeof effects)[];

const scope = {
  from: anyTimeRule.describe("When the rule begins; default at once").optional(),
  until: anyTimeRule.describe("When it ends; default never").optional(),
  categories: facets.category.unwrap().describe(
    "Only where the list is of one of these categories: by its filter, or by a product of the page",
  ).optional(),
  segments: namesOf("segments").describe("Only for users in one of these segments").optional(),
};

/** A rule that a placement names. */
export const placementRule = withOneEffect({ ...scope, ...effects });

/** A rule that holds wherever its scope says. */
export const storedRule = withOneEffect({
  placements: namesOf("placements").describe(
    "Only in these placements; default in all, and in lists without a placement",
  ).optional(),
  ...scope,
  ...effects,
});

function withOneEffect<Shape extends typeof scope & typeof effects>(shape: Shape) {
  return fields(shape).refine(
    (rule) => EFFECTS.filter((name) => (rule as Record<string, unknown>)[name]).length === 1,
    { error: `one with exactly one of ${EFFECTS.join(", ")}` },
  ).refine(
    (rule) => new TextEncoder().encode(JSON.stringify(rule)).length <= MOST_BYTES,
    { error: `at most ${MOST_BYTES} bytes of JSON` },
  ).refine(
    (rule) => {
      const { from = 0, until = Infinity } = rule as { from?: number; until?: number };
      return from < until;
    },
    { path: ["until"], error: "later than from" },
  );
}
