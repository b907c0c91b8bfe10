/** What is answered: the rules that the API's description and the client's types are made from. */
import { z } from "zod";
import { EVENT_WEIGHTS, type EventType } from "../../../interactions/event_weights.ts";

const time = z.iso.datetime().describe("UTC");
const productFields = {
  productId: z.string(),
  brand: z.string().describe("`unknown` where the shop gave none"),
  category: z.string().describe("The path, or the number where the shop gave no path"),
  price: z.number().describe("The latest known; 0 where none is"),
  title: z.string().optional(),
};
const eventType = z.enum(Object.keys(EVENT_WEIGHTS) as EventType[]);

/** A product of the catalogue. */
export const productAnswer = z.object({ ...productFields, inStock: z.boolean() });

/** Products found, and how many there are. */
export const productsAnswer = z.object({
  total: z.int(),
  items: z.array(productAnswer),
});

const explanation = z.object({
  exact: z.boolean().describe("Whether these are the terms of the model's formula"),
  base: z.number().describe("What the product has without regard to the history"),
  because: z.array(z.object({
    productId: z.string(),
    type: eventType,
    time,
    contribution: z.number(),
  })),
}).describe("`base` and all contributions sum to the score");

const recommendedProduct = z.object({
  ...productFields,
  score: z.number().describe("Comparable only within the list"),
  explanation: explanation.optional(),
});

const strategy = z.enum(["personalized", "popular"]);

/** A list without more about it. */
export const idsAnswer = z.array(z.string());

/** A list for a user. */
export const recommendAnswer = z.object({
  userId: z.string(),
  model: z.string(),
  strategy,
  items: z.array(recommendedProduct),
});

/** A list for somebody who isn't known. */
export const sessionAnswer = recommendAnswer.omit({ userId: true });

/** Products like one. */
export const similarAnswer = z.object({
  productId: z.string(),
  model: z.string(),
  items: z.array(recommendedProduct),
});

/** What is popular. */
export const popularAnswer = z.object({
  window: z.object({ from: time, to: time }).optional(),
  items: z.array(recommendedProduct),
});

/** What a user did. */
export const historyAnswer = z.object({
  userId: z.string(),
  total: z.int(),
  events: z.array(z.object({ productId: z.string(), type: eventType, time })),
});

/** What became of events. */
export const eventsAnswer = z.object({
  accepted: z.int(),
  duplicates: z.int().describe("Events whose eventId was stored before"),
  refused: z.array(z.object({
    index: z.int(),
    detail: z.string(),
    parameter: z.string().optional(),
    allowed: z.array(z.string()).optional(),
  })),
});

/** What was forgotten of a user. */
export const forgottenAnswer = z.object({ userId: z.string(), deletedEvents: z.int() });

/** Which artifact is served. */
export const versionAnswer = z.object({
  version: z.string(),
  created: z.iso.datetime(),
  formatVersion: z.int(),
  defaultModel: z.string(),
  models: z.array(z.string()),
});

/** What a reload did. */
export const reloadAnswer = z.object({ version: z.string(), previous: z.string() });

/** That the service runs. */
export const healthAnswer = z.object({ status: z.literal("ok"), version: z.string() });

/** Whether all of the service works. */
export const readinessAnswer = z.object({
  status: z.enum(["ready", "degraded"]),
  version: z.string(),
  store: z.enum(["available", "unavailable"]),
  detail: z.string().optional(),
});

/** What is served, and where. */
export const indexAnswer = z.object({
  name: z.string(),
  version: z.string(),
  created: z.iso.datetime(),
  models: z.array(z.string()),
  defaultModel: z.string(),
  decision: z.string(),
  data: z.object({
    users: z.int(),
    items: z.int(),
    events: z.int(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
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
  refused: eventsAnswer.shape.refused.optional(),
});
