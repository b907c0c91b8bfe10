import { z } from "zod";
import { MS_PER_DAY } from "../../../base/time.ts";
import { STORED_EVENT_TYPES } from "../../store/stored_event.ts";

/** How long an id may be, in characters. */
export const LONGEST_ID = 256;

const LONGEST_TEXT = 500;
const LARGEST_PRICE = 1e9;
/** Seconds from 1973 on and milliseconds up to 5138 can't be taken for each other. */
const LEAST_MS = 1e11;

/**
 * An object of these fields and no others. As with every rule here, the error message completes the sentence
 * "Parameter … must be …"; that of unknown fields lists those there are.
 */
export function fields<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys" ? Object.keys(shape).join(", ") : "a JSON object",
  });
}

/** A user's, a product's or an event's id. */
export const idRule = text(LONGEST_ID).describe("The shop's id");

/** Text of a limited length, not empty. */
export function text(longest = LONGEST_TEXT) {
  const error = `1 to ${longest} characters long`;
  return z.string({ error }).min(1, { error }).max(longest, { error })
    .refine((value) => value.isWellFormed(), { error: "well-formed Unicode" });
}

/** A whole number. */
export function whole(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** A number, whole or not. */
export function decimal(min: number, max: number) {
  const error = `a number from ${min} to ${max}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

/** A price in the shop's currency. */
export const priceRule = decimal(0, LARGEST_PRICE);

/** Yes or no. */
export const flagRule = z.boolean({ error: "true or false" });

const TIME_ERROR = "a time as 2019-10-01T12:00:00Z, 2019-10-01 12:00:00 UTC, or seconds or " +
  "milliseconds since 1970, at most a day from now";

/** A moment, read as milliseconds since 1970-01-01 UTC. What is sent looks otherwise: see `sent`. */
export const timeRule = z.preprocess(
  toMilliseconds,
  z.int({ error: TIME_ERROR }).min(0, { error: TIME_ERROR })
    .refine((ms) => ms <= Date.now() + MS_PER_DAY, { error: TIME_ERROR }),
).meta({
  sent: {
    description: "A moment: ISO 8601 with its zone, or seconds or milliseconds since 1970",
    anyOf: [{ type: "string" }, { type: "number", minimum: 0 }],
  },
});

function toMilliseconds(value: unknown): unknown {
  if (typeof value === "number") return Math.floor(value < LEAST_MS ? 1000 * value : value);
  if (typeof value !== "string") return value;
  if (/^\d{1,15}(\.\d+)?$/.test(value)) return toMilliseconds(Number(value));
  const iso = value.replace(/^(\d{4}-\d\d-\d\d) (.*) UTC$/, "$1T$2Z");
  const hasZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(iso);
  return hasZone ? Date.parse(iso) : value;
}

/** What happened, of what a shop can see. */
export const eventTypeRule = z.enum(STORED_EVENT_TYPES);

/** A number without an exponent, with as many digits as programs give 0.1 + 0.2. */
const NUMBER = /^-?\d{1,15}(\.\d{1,20})?$/;

/** Reads a number from a query. */
export function fromNumberText<Rule extends z.ZodType>(rule: Rule) {
  return z.preprocess(
    (value) => typeof value === "string" && NUMBER.test(value) ? Number(value) : value,
    rule,
  );
}

/** Reads `true` or `false` from a query. */
export function fromFlagText<Rule extends z.ZodType>(rule: Rule) {
  return z.preprocess(
    (value) => value === "true" ? true : value === "false" ? false : value,
    rule,
  );
}

/** Reads values between commas from a query. */
export function fromListText<Rule extends z.ZodType>(rule: Rule) {
  return z.preprocess((value) => typeof value === "string" ? value.split(",") : value, rule);
}
