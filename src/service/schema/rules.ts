/** The rules of single values in requests. */
import { z } from "zod";
import { parseTime, TIME_FORMS } from "../../base/parse_time.ts";
import { MS_PER_DAY } from "../../base/time.ts";

/** The longest id, in characters. */
export const LONGEST_ID = 256;

/** The longest id of a list, in characters: a signed text that says what made the list. */
export const LONGEST_LIST_ID = 2000;

const LONGEST_TEXT = 500;
const LONGEST_URL = 2000;
const LARGEST_PRICE = 1e9;
/** 2000-01-01: an earlier time is an unset clock, or a year read as seconds. */
const EARLIEST_MS = 946_684_800_000;

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
  const error = `text of 1 to ${longest} characters`;
  return z.string({ error }).min(1, { error }).max(longest, { error })
    .refine((value) => value.isWellFormed(), { error: "well-formed Unicode" });
}

/** The addresses that browsers may follow: of the web, in visible ASCII. */
const WEB_ADDRESS = /^https?:\/\/[A-Za-z0-9][!-~]*$/;

const URL_ERROR = `an address of at most ${LONGEST_URL} characters that begins with https:// or ` +
  "http://";

/** The address of something on the web. */
export const urlRule = z.string({ error: URL_ERROR }).max(LONGEST_URL, { error: URL_ERROR })
  .regex(WEB_ADDRESS, { error: URL_ERROR });

/** Whether a text is an address that a browser can safely follow. */
export function isWebAddress(text: string): boolean {
  return WEB_ADDRESS.test(text);
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

const TIME_ERROR = `a time ${TIME_FORMS}; from 2000 on, at most a day from now`;

/** A time, read as milliseconds since 1970-01-01 UTC; `sent` describes what clients send. */
export const timeRule = z.preprocess(
  toMilliseconds,
  z.int({ error: TIME_ERROR }).min(EARLIEST_MS, { error: TIME_ERROR })
    .refine(isInTime, { error: TIME_ERROR }),
).meta({
  sent: {
    description: "ISO 8601, in UTC without a time zone, or seconds to nanoseconds since 1970; " +
      "from 2000 on",
    anyOf: [{ type: "string", minLength: 1 }, { type: "number", minimum: EARLIEST_MS / 1000 }],
  },
});

const ANY_TIME_ERROR = `a time ${TIME_FORMS}; from 2000 on`;

/** A time as {@linkcode timeRule} reads it, which may be in the future. */
export const anyTimeRule = z.preprocess(
  toMilliseconds,
  z.int({ error: ANY_TIME_ERROR }).min(EARLIEST_MS, { error: ANY_TIME_ERROR }),
).meta({
  sent: {
    description: "ISO 8601, in UTC without a time zone, or seconds to nanoseconds since 1970; " +
      "from 2000 on",
    anyOf: [{ type: "string", minLength: 1 }, { type: "number", minimum: EARLIEST_MS / 1000 }],
  },
});

const SINCE_ERROR = `0 for all, or ${TIME_ERROR}`;

/** The start of a range: a time as {@linkcode timeRule} reads it, or 0 for everything. */
export const sinceRule = z.preprocess(
  toMilliseconds,
  z.int({ error: SINCE_ERROR })
    .refine((ms) => ms === 0 || ms >= EARLIEST_MS && isInTime(ms), { error: SINCE_ERROR }),
).meta({
  sent: {
    description: "A date, or a time as ISO 8601 or since 1970; 0 for all",
    anyOf: [{ type: "string", minLength: 1 }, { type: "number", minimum: 0 }],
  },
});

function isInTime(ms: number): boolean {
  return ms <= Date.now() + MS_PER_DAY;
}

function toMilliseconds(value: unknown): unknown {
  if (typeof value !== "number" && typeof value !== "string") return value;
  const microseconds = parseTime(String(value));
  return microseconds === undefined ? NaN : Math.floor(microseconds / 1000);
}
