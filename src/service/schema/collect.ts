/** What the tag sends from the shop's pages. */
import { z } from "zod";
import { RECEIVED_TYPES } from "../../interactions/event_weights.ts";
import { DAYS_RULE, daysRule, hasDaysRightly, listIdRule } from "./events.ts";
import { hasPlaceForEach, PLACES_RULE, shownFields } from "./exposures.ts";
import { decimal, fields, idRule, priceRule, text } from "./rules.ts";

/** The most events of one batch, and the most impressions. */
const MOST_COLLECTED = 50;

/** In seconds: how long a page may keep what it sends. */
const OLDEST = 3600;

const secondsAgo = decimal(0, OLDEST).default(0)
  .describe("How long ago it was when the batch was sent");

const VISITOR = /^anon-[0-9a-f]{32}$/;

const VISITOR_ERROR = "anon- and 32 hexadecimal digits, as the tag makes it";

/** An event of a visitor, as their browser sends it. */
export const collectedEvent = fields({
  eventId: text(64).describe("Names the event among the visitor's: one sent twice counts once"),
  productId: idRule,
  type: z.enum(RECEIVED_TYPES),
  secondsAgo,
  days: daysRule,
  price: priceRule.optional().describe("The product's price at the time"),
  listId: listIdRule.optional(),
}).refine(hasDaysRightly, DAYS_RULE);

/** What a visitor saw of a list, as their browser sends it. */
export const collectedImpression = fields({ ...shownFields, secondsAgo })
  .refine(hasPlaceForEach, PLACES_RULE);

function atMost<Rule extends z.ZodType>(rule: Rule, noun: string) {
  return z.array(rule, { error: `a list of ${noun}` })
    .max(MOST_COLLECTED, { error: `at most ${MOST_COLLECTED} ${noun}` });
}

/** A batch of what a visitor did and saw. */
export const collectBody = fields({
  key: text(64).describe("One of the service's PUBLIC_KEYS"),
  visitorId: z.string({ error: VISITOR_ERROR }).regex(VISITOR, { error: VISITOR_ERROR }).describe(
    "The visitor's random id. Ids of other forms, such as those of customers, are refused",
  ),
  events: atMost(collectedEvent, "events").default([]),
  impressions: atMost(collectedImpression, "impressions").default([])
    .describe("What came into view of lists; ignored unless EXPOSURES is on"),
}).refine(({ events, impressions }) => events.length + impressions.length > 0, {
  path: ["events"],
  error: "at least one event or impression",
});
