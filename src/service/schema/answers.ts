/** The API's answers: the OpenAPI document and the client's types are made from these rules. */
import { z } from "zod";
import { INTEREST_TYPES } from "../../interactions/event_weights.ts";
import type { Refusal } from "../http/problem.ts";
import { SOURCES } from "../../models/completion/complete_list.ts";
import { EFFECTS, storedRule } from "./business_rules.ts";
import { productFacts } from "./products.ts";

const time = z.iso.datetime().describe("ISO 8601, UTC");
const eventType = z.enum(INTEREST_TYPES);

/** A product of the catalogue. */
export const productAnswer = z.object({ ...productFacts.shape, inStock: z.boolean() });

/** A product as the shop's own programs see it after a change. */
export const changedProductAnswer = z.object({
  ...productAnswer.shape,
  fields: z.record(z.string(), z.number()).optional().describe(
    "The shop's own numbers, if there are any; other answers omit them",
  ),
});

/** What changing several products did. */
export const changedProductsAnswer = z.object({
  changed: z.int().describe("Different products in the request, all of which have been changed"),
  added: z.int().describe("Those of them that the service didn't know"),
});

/** What deleting a product did. */
export const deletedProductAnswer = z.object({ productId: z.string() });

/** One page of the products found, and their total number. */
export const productsAnswer = z.object({
  total: z.int(),
  items: z.array(productAnswer),
});

/** What one of the user's own events adds to a score. */
export const contribution = z.object({
  productId: z.string(),
  type: eventType,
  time,
  contribution: z.number(),
});

const share = z.number().describe("From 0 to 1");

/** Why a product has its score. */
export const explanation = z.object({
  exact: z.boolean().describe("Whether the contributions are terms of the model's formula"),
  base: z.number().describe("The product's score without the history"),
  because: z.array(contribution).describe("The five events that add most, largest first"),
  others: z.number().optional().describe("What all further events add; absent if there are none"),
  category: z.object({ user: share, list: share }).optional().describe(
    "With `calibration`: the share of the product's category in the user's events, each with " +
      "its weight, and in the list; absent if its category or all of theirs are unknown",
  ),
}).describe("`base`, the contributions and `others` add up to the score, before rules change it");

/** A product of a list. */
export const recommendedProduct = z.object({
  ...productFacts.shape,
  score: z.number().describe("Comparable only within the list and its source"),
  source: z.enum(SOURCES).optional().describe(
    "What put the product on the list: the list's model or, where it had no more to recommend, " +
      "popularity in the user's categories, likeness to the user's products, or popularity; " +
      "absent where no model chose the product, as of pinned ones",
  ),
  explanation: explanation.optional(),
});

const ruleEffect = z.enum(EFFECTS);

/** What a rule did to a product of a list. */
export const itemEffect = z.object({
  rule: z.string(),
  effect: ruleEffect,
  factor: z.number().optional().describe("Of a boost: what the score was multiplied by"),
  position: z.int().optional().describe("Of a pin: the place that the rule asks for"),
  bought: time.optional().describe("Of `boughtAgain`: when the user last bought it"),
});

/** A product of a placement's list. */
export const placedProduct = z.object({
  ...recommendedProduct.shape,
  step: z.int().optional().describe(
    "Which of the list's `steps` found it, from 0; absent for a pinned product",
  ),
  explored: z.literal(true).optional().describe("There if its place was given to exploration"),
  rules: z.array(itemEffect).optional().describe("With `explain`: what rules did to it"),
});

/** What became of a rule that holds for a list. */
export const ruleOutcome = z.object({
  rule: z.string(),
  effect: ruleEffect,
  isMet: z.boolean(),
  detail: z.string().optional().describe("Why it isn't met"),
  hides: z.int().optional().describe(
    "Of `boughtAgain`: how many of the products that the user bought it hides for now",
  ),
});

/** A step of a placement's chain. */
export const placementStep = z.object({
  strategy: z.string(),
  model: z.string(),
  placement: z.string().optional().describe("The placement that lends the step, if another does"),
});

/** What a placement's list has beside its products. */
const placementParts = {
  placement: z.string().optional().describe(
    "The placement that made the list: the one asked for, or its variant for a segment",
  ),
  steps: z.array(placementStep).optional().describe("The steps of the chain that were asked"),
  rules: z.array(ruleOutcome).optional().describe(
    "With `explain`: what became of each rule that holds for the list",
  ),
};

/** A list of product ids. */
export const idsAnswer = z.array(z.string());

/** A list, or with `format=ids` its product ids. */
export function listOrIds<List extends z.ZodType>(list: List) {
  return z.union([list, idsAnswer]);
}

/** What a list says that isn't made from all that the user did. */
const unread = {
  store: z.literal("unavailable").optional().describe(
    "There if the store can't be read: the list is made from the artifact alone",
  ),
  histories: z.literal("unavailable").optional().describe(
    "There if histories are apart from the artifact and can't be read: the list is made from " +
      "what the store has of the user",
  ),
};

/** A list for a user. */
export const recommendAnswer = z.object({
  userId: z.string(),
  model: z.string(),
  strategy: z.enum(["personalized", "mixed", "popular"]).describe(
    "`mixed` if the model recommends only some of the products, as each one's `source` says",
  ),
  items: z.array(placedProduct),
  ...placementParts,
  ...unread,
});

/** A placement's list. */
export const placementAnswer = z.object({
  ...recommendAnswer.partial({ userId: true }).shape,
  steps: placementParts.steps.unwrap(),
});

/** A rule that the shop put. */
export const ruleAnswer = z.object({
  name: z.string(),
  ...storedRule.shape,
  from: time.optional(),
  until: time.optional(),
  warnings: z.array(z.string()).describe(
    "Products, brands, categories and numbers that nobody knows so far",
  ),
});

/** All rules that the shop put, in the order of their names. */
export const rulesAnswer = z.object({ rules: z.array(ruleAnswer) });

/** The rule that was deleted. */
export const deletedRuleAnswer = z.object({ name: z.string() });

/** The users who would want a product most. */
export const audienceAnswer = z.object({
  productId: z.string(),
  model: z.string(),
  users: z.array(z.object({
    userId: z.string(),
    affinity: z.number().max(2).describe(
      "Where the product's score stands beside the ten best others that are new to the user: 0 " +
        "is the tenth's, 1 the first's; above, up to 2, the product would come first, the higher " +
        "the farther ahead; below 0 it wouldn't be on the list",
    ),
  })),
  compared: z.int().describe(
    "Of the users looked at in this answer, those of the segment with a known history who don't " +
      "have the product",
  ),
  share: z.number().min(0).max(1).describe(
    "The share of the artifact's users that this answer and those before it have looked at: at 1 " +
      "the best of all answers together are the best of all users",
  ),
  inCategory: z.object({
    users: z.int().describe("Users of the artifact who did something in the product's category"),
    share: z.number().min(0).max(1).describe("The share of them that was looked at"),
  }).optional().describe(
    "These come first, and mostly want the product most; absent if its category isn't known",
  ),
  next: z.int().optional().describe("What to send as `from` to go on; absent if all are done"),
});

/** One page of the users that the artifact knows, and their total number. */
export const usersAnswer = z.object({
  users: z.array(z.object({
    userId: z.string(),
    events: z.int().describe("How many events the artifact has of them, and the store since"),
  })).describe(
    "The artifact's users, then those of whom only the store knows. A page ends after a second, " +
      "so that one of a small segment may have fewer users than its limit, or none",
  ),
  next: z.string().optional().describe("The `from` to go on with; absent if these are the last"),
});

/** The names of placements and segments. */
export const placementsAnswer = z.object({
  placements: z.array(z.string()),
  segments: z.array(z.string()),
});

/** A list for an anonymous visit. */
export const sessionAnswer = recommendAnswer.omit({
  userId: true,
  store: true,
  histories: true,
});

/** Products in the order of a user's or a visitor's interest. */
export const rankAnswer = z.object({
  ...sessionAnswer.omit({ placement: true, steps: true, rules: true }).shape,
  unknown: z.array(z.string()).describe(
    "Products that nobody knows, in the order in which they were sent; show them last",
  ),
  ...unread,
});

/** Products similar to one. */
export const similarAnswer = z.object({
  productId: z.string(),
  userId: z.string().optional(),
  model: z.string(),
  items: z.array(recommendedProduct),
  ...unread,
});

/** How often a product was in one basket with one of those asked for. */
export const pairReason = z.object({
  productId: z.string(),
  baskets: z.int().describe("Baskets with both: what a user carted or bought within a day"),
  lift: z.number().describe(
    "How many times as often as by chance, shrunk towards what their categories say",
  ),
});

/** A product that goes with others. */
export const togetherProduct = z.object({
  ...productFacts.shape,
  score: z.number().describe(
    "The estimated probability that it is any other product of the basket",
  ),
  source: z.enum(["pair", "category", "popularity"]).describe(
    "Whether baskets with both say so, baskets with products of their categories, or only the " +
      "product's popularity in baskets",
  ),
  because: z.array(pairReason).optional().describe(
    "With `explain`: the products asked for that it was with most often, at most five",
  ),
});

/** What goes with a product or a basket. */
export const togetherAnswer = z.object({
  productIds: z.array(z.string()),
  unknown: z.array(z.string()).describe("Products asked for that nobody knows"),
  strategy: z.enum(["together", "mixed", "popular"]).describe(
    "`popular` if nothing is known of what goes with these products, `mixed` for some of the list",
  ),
  items: z.array(togetherProduct),
});

/** The most popular products, and the window they were counted in. */
export const popularAnswer = z.object({
  window: z.object({ from: time, to: time }).optional(),
  items: z.array(recommendedProduct),
});

/** New arrivals. */
export const newAnswer = z.object({
  userId: z.string().optional(),
  window: z.object({ from: time, to: time }).describe("They came in it, or later"),
  model: z.string().describe("`newest` if the newest come first"),
  items: z.array(recommendedProduct).describe(
    "With `newest`, a score of 1 is the end of the window, 0 its beginning",
  ),
  ...unread,
});

/** One page of a user's events. */
export const historyAnswer = z.object({
  userId: z.string(),
  total: z.int(),
  events: z.array(z.object({ productId: z.string(), type: eventType, time })),
});

/** Why one of several events was refused. */
export const refusal = z.object({
  index: z.int(),
  detail: z.string(),
  parameter: z.string().optional(),
  allowed: z.array(z.string()).optional(),
}) satisfies z.ZodType<Refusal>;

/** What happened to the events sent. */
export const eventsAnswer = z.object({
  accepted: z.int(),
  duplicates: z.int().describe("Events whose eventId was stored before"),
  unknownProducts: z.int().describe(
    "Valid events of products that nobody knows yet: they count once PUT /products/{productId} " +
      "or a training adds the product",
  ),
  unknownLists: z.int().describe(
    "Valid events whose listId is of no list of this service; they are stored without it",
  ),
  refused: z.array(refusal),
});

/** What became of reported lists. */
export const impressionsAnswer = z.object({
  accepted: z.int().describe("Lists that are new or have more products now"),
  duplicates: z.int().describe("All other impressions of lists: what was reported first counts"),
  refused: z.array(refusal),
});

/** What merging a user into another did. */
export const mergedAnswer = z.object({
  userId: z.string(),
  from: z.string(),
  movedEvents: z.int().describe("Stored events that moved; those in the artifact count as well"),
});

/** How many events and impressions of a page were taken; says nothing of what was stored before. */
export const collectAnswer = z.object({ accepted: z.int() });

/** What was deleted of a user. */
export const forgottenAnswer = z.object({ userId: z.string(), deletedEvents: z.int() });

/** The artifact that is served. */
export const versionAnswer = z.object({
  version: z.string(),
  created: time,
  formatVersion: z.int(),
  defaultModel: z.string(),
  models: z.array(z.string()),
});

/** The artifact that is served after a reload, and the one before it. */
export const reloadAnswer = z.object({ version: z.string(), previous: z.string() });

/** Confirms that the service runs. */
export const healthAnswer = z.object({ status: z.literal("ok"), version: z.string() });

/** Whether the whole service works. */
export const readinessAnswer = z.object({
  status: z.enum(["ready", "degraded"]),
  version: z.string(),
  store: z.enum(["available", "unavailable"]),
  histories: z.enum(["available", "unavailable"]).describe(
    "Whether what users did until training can be read: always if it is inside the artifact",
  ),
  detail: z.string().optional(),
});

/** The artifact being served, and all endpoints. */
export const indexAnswer = z.object({
  name: z.string(),
  version: z.string(),
  created: time,
  models: z.array(z.string()),
  defaultModel: z.string(),
  decision: z.string(),
  data: z.object({
    users: z.int(),
    items: z.int(),
    events: z.int(),
    from: time,
    to: time,
  }),
  endpoints: z.array(z.object({ method: z.string(), path: z.string(), summary: z.string() })),
});

/** Why a request can't be answered (RFC 9457). */
export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  parameter: z.string().optional(),
  allowed: z.array(z.string()).optional(),
  refused: z.array(refusal).optional(),
});
