/** The events that the tag sends from the shop's pages. */
import { z } from "zod";
import { RECEIVED_TYPES } from "../../interactions/event_weights.ts";
import { decimal, fields, idRule, priceRule, text } from "./rules.ts";

/** The most events of one batch. */
const MOST_COLLECTED = 50;

/** In seconds: how long a page may keep an event before it sends it. */
const OLDEST = 3600;

const VISITOR = /^anon-[0-9a-f]{32}$/;

const VISITOR_ERROR = "anon- and 32 hexadecimal digits, as the tag makes it";

/** An event of a visitor, as their browser sends it. */
export const collectedEvent = fields({
  eventId: text(64).describe("Names the event among the visitor's: one sent twice counts once"),
  productId: idRule,
  type: z.enum(RECEIVED_TYPES),
  secondsAgo: decimal(0, OLDEST).describe("How long ago it was when the batch was sent").default(0),
  price: priceRule.optional().describe("The product's price at the time"),
});

/** A batch of a visitor's events. */
export const collectBody = fields({
  key: text(64).describe("One of the service's PUBLIC_KEYS"),
  visitorId: z.string({ error: VISITOR_ERROR }).regex(VISITOR, { error: VISITOR_ERROR }).describe(
    "The visitor's random id. Ids of other forms, such as those of customers, are refused",
  ),
  events: z.array(collectedEvent, { error: "a list of events" })
    .min(1, { error: "at least one event" })
    .max(MOST_COLLECTED, { error: `at most ${MOST_COLLECTED} events` }),
});
