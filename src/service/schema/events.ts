/** The events that clients send. */
import { z } from "zod";
import { RECEIVED_TYPES } from "../../interactions/event_weights.ts";
import { inQuery } from "./in_query.ts";
import {
  fields,
  flagRule,
  idRule,
  LONGEST_ID,
  LONGEST_LIST_ID,
  priceRule,
  sinceRule,
  text,
  timeRule,
  whole,
} from "./rules.ts";

/** The most events that one request may carry. */
export const MOST_EVENTS = 1000;

/** The id of the list that an event came from. */
export const listIdRule = text(LONGEST_LIST_ID).describe(
  "The list that it came from: the header x-list-id of the list's answer",
);

/** For how long an opinion holds. */
export const daysRule = whole(1, 3650).optional().describe(
  "For how many days a dislike or hide holds; default until undo_dislike or undo_hide",
);

const visitFields = {
  productId: idRule,
  type: z.enum(RECEIVED_TYPES),
  time: timeRule.optional().describe(
    "When it happened: ISO 8601 with a time zone, or seconds or milliseconds since 1970; " +
      "default now",
  ),
  days: daysRule,
};

/** Only what can be withdrawn may have `days`. */
export function hasDaysRightly(
  { type, days }: { readonly type: string; readonly days?: number },
): boolean {
  return days === undefined || type === "dislike" || type === "hide";
}

/** What {@linkcode hasDaysRightly} asks for. */
export const DAYS_RULE = { path: ["days"], error: "left out, except for a dislike or a hide" };

/** An event of an anonymous visit. */
export const sessionEvent = fields(visitFields).refine(hasDaysRightly, DAYS_RULE);

/** An event to store. */
export const shopEvent = fields({
  eventId: idRule.optional().describe("Names the event, so that it can be sent again safely"),
  userId: idRule,
  ...visitFields,
  sessionId: text(LONGEST_ID).optional().describe("The shop's id of the visit"),
  price: priceRule.optional().describe("The product's price at the time"),
  listId: listIdRule.optional(),
}).refine(hasDaysRightly, DAYS_RULE);

/** The query that exports stored events. */
export const exportQuery = inQuery({
  since: sinceRule.optional().describe(
    "Only events received at this time or later: a date (from midnight UTC), ISO 8601, or " +
      "seconds or milliseconds since 1970; 0 for all",
  ),
  spreadsheet: flagRule.describe(
    "Whether to change texts that a spreadsheet would evaluate as formulas; not for training",
  ).default(false),
});

/** Who is merged into a user. */
export const mergeBody = fields({
  from: idRule.describe("The id whose events so far become the user's, such as an anonymous one"),
});
