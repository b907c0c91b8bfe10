/** The rules of single values in requests. */
import { z } from "zod";
import { MS_PER_DAY } from "../../base/time.ts";

/** The longest id, in characters. */
export const LONGEST_ID = 256;

const LONGEST_TEXT = 500;
const LARGEST_PRICE = 1e9;
/** Smaller numbers are seconds (until the year 5138), others milliseconds (from 1973). */
const LEAST_MS = 1e11;

/**
 * An object with these fields and no others. As for every rule here, the error message completes
 * the sentence "Parameter … must be …"; the message about an unknown field lists the known ones.
 */
export function fields<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys" ? Object.keys(shape).join(", ") : "a JSON object",
  });
}

/** The id of a user, a product or an event. */
export const idRule = text(LONGEST_ID).describe("The shop's id");

/**
 * Non-empty, well-formed text.
 *
 * @param longest Its maximum length in characters. Default 500.
 */
export function text(longest = LONGEST_TEXT) {
  const error = `1 to ${longest} characters long`;
  return z.string({ error }).min(1, { error }).max(longest, { error })
    .refine((value) => value.isWellFormed(), { error: "well-formed Unicode" });
}

/** A whole number within limits, both included. */
export function whole(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** A number within limits, both included. */
export function decimal(min: number, max: number) {
  const error = `a number from ${min} to ${max}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

/** A price in the shop's currency. */
export const priceRule = decimal(0, LARGEST_PRICE);

/** A flag. */
export const flagRule = z.boolean({ error: "true or false" });

const TIME_ERROR = "a time such as 2019-10-01T12:00:00Z, 2019-10-01 12:00:00 UTC, or seconds or " +
  "milliseconds since 1970, at most a day from now";

/** A time, read as milliseconds since 1970-01-01 UTC; `sent` describes what clients send. */
export const timeRule = z.preprocess(
  toMilliseconds,
  z.int({ error: TIME_ERROR }).min(0, { error: TIME_ERROR })
    .refine((ms) => ms <= Date.now() + MS_PER_DAY, { error: TIME_ERROR }),
).meta({
  sent: {
    description: "ISO 8601 with a time zone, or seconds or milliseconds since 1970",
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
