/** The events that clients send. */
import { z } from "zod";
import { EVENT_TYPES } from "../../interactions/event_weights.ts";
import { fields, idRule, LONGEST_ID, priceRule, text, timeRule } from "./rules.ts";

/** The most events that one request may carry. */
export const MOST_EVENTS = 1000;

const eventType = z.enum(EVENT_TYPES);

/** An event of an anonymous visit. */
export const sessionEvent = fields({
  productId: idRule,
  type: eventType,
  time: timeRule.optional(),
});

/** An event to store. */
export const shopEvent = fields({
  eventId: idRule.optional().describe("Names the event, so that it can be sent again safely"),
  userId: idRule,
  productId: idRule,
  type: eventType,
  time: timeRule.optional().describe("When it happened; default now"),
  sessionId: text(LONGEST_ID).optional().describe("The shop's id of the visit"),
  price: priceRule.optional().describe("The product's price at the time"),
});
