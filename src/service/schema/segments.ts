/** Segments of users. */
import { z } from "zod";
import { INTEREST_TYPES } from "../../interactions/event_weights.ts";
import { facets } from "./lists.ts";
import { fields, priceRule, whole } from "./rules.ts";

const MOST_DAYS = 3650;
const MOST_EVENTS = 1_000_000;

const days = whole(1, MOST_DAYS);

const count = fields({
  min: whole(0, MOST_EVENTS).optional(),
  max: whole(0, MOST_EVENTS).optional(),
}).refine(({ min = 0, max = Infinity }) => min <= max, { error: "min at most max" });

/** Who belongs to a segment: those who meet all conditions. */
export const segment = fields({
  boughtCategory: facets.category.unwrap().describe(
    "Bought a product of one of these categories",
  ).optional(),
  boughtBrand: facets.brand.unwrap().describe("Bought a product of one of these brands").optional(),
  seenWithinDays: days.describe("Their latest event is at most so many days old").optional(),
  notSeenForDays: days.describe(
    "Their latest event is older; true of who has none, too",
  ).optional(),
  spentAtLeast: priceRule.describe(
    "Their purchases, at the products' present prices, come to at least this",
  ).optional(),
  events: fields(
    Object.fromEntries(INTEREST_TYPES.map((type) => [type, count.optional()])) as Record<
      typeof INTEREST_TYPES[number],
      z.ZodOptional<typeof count>
    >,
  ).describe("How many events of a type they have").optional(),
  withinDays: days.describe(
    "Only events of the last days count for what was bought, spent and counted; default all",
  ).optional(),
}).refine(
  ({ withinDays: _, ...conditions }) =>
    Object.values(conditions).some((value) => value !== undefined),
  { error: "one with at least one condition" },
);
