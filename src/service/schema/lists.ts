/** The options of lists, each declared once for queries, bodies, the recommender and the client. */
import { z } from "zod";
import { EXCLUDES } from "../../models/rank.ts";
import { MOST_EVENTS, sessionEvent } from "./events.ts";
import { pageOptions } from "./page.ts";
import { inQuery } from "./in_query.ts";
import { decimal, fields, flagRule, idRule, priceRule, text, whole } from "./rules.ts";

/** The longest list. */
export const LARGEST_K = 1000;
/** How many places a list may skip. */
export const LARGEST_OFFSET = 1000;
/** Within how many days a product is a new arrival, unless a rule or a request says. */
export const ARRIVAL_DAYS = 14;

/** The most days for which a rule or a request can call a product new. */
export const LONGEST_WINDOW = 90;

/** How long a list is unless the request says. */
export const DEFAULT_K = 10;
const MOST_OMITTED = 1000;
const MOST_RANKED = 1000;
const MOST_NAMES = 100;
const MOST_BASKET = 100;
const DEFAULT_AUDIENCE = 100;
const MOST_USERS = 1_000_000_000;
const MOST_SECONDS = 30;
const DEFAULT_SECONDS = 5;

/** Up to which place a list can be explained, rotated or chosen for variety. */
const LAST_REFINED_PLACE = 100;

/** The models that lists can be requested from. */
export interface ModelChoice {
  /** If empty, any name is accepted: the client's types are made without an artifact. */
  readonly names: readonly string[];
  readonly defaultName: string;
  /** The placements that lists can be requested for. Default any name is accepted. */
  readonly placements?: readonly string[];
}

/** Any name: an option `model` whose default depends on the artifact. */
export const ANY_MODEL: ModelChoice = { names: [], defaultName: "" };

/** Which places of the ranking a list has. */
export const places = {
  k: whole(1, LARGEST_K).describe("How many products").default(DEFAULT_K),
  offset: whole(0, LARGEST_OFFSET)
    .describe("How many of the best products to skip first, for the next page").default(0),
};

/** Whether a list has products or their ids. */
export const format = z.enum(["full", "ids"]).describe("`ids` returns product ids only").default(
  "full",
);

/** Which products a list or a search may find. */
export const facets = {
  brand: names("brands").describe(
    "Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name",
  ),
  notBrand: names("brands").describe("No products of these brands"),
  category: names("categories").describe(
    "Only products of one of these categories, in any case: a category's path, a parent " +
      "category's path, or its number; `a,b` is `a` and `b`, unless it is a name",
  ),
  notCategory: names("categories").describe(
    "No products of these categories, which are named as for `category`",
  ),
  minPrice: priceRule.describe("Only products with a known price of at least this").optional(),
  maxPrice: priceRule.describe("Only products with a known price of at most this").optional(),
};

/** Which products a list may contain. */
export const filters = {
  ...facets,
  not: z.array(idRule, { error: "a list of product ids" })
    .max(MOST_OMITTED, { error: `at most ${MOST_OMITTED} product ids` })
    .describe("Products to omit").optional(),
};

function names(kind: string) {
  return z.array(text(), { error: `a list of ${kind}` })
    .max(MOST_NAMES, { error: `at most ${MOST_NAMES} ${kind}` }).optional();
}

/** The options that the recommender makes a list by. */
export function recommendationOptions(models: ModelChoice) {
  return {
    ...places,
    model: modelRule(models, "The model; default the one that training chose"),
    exclude: z.enum(EXCLUDES).describe("Which of the user's own products to omit").default("seen"),
    ...filters,
    diversity: decimal(0, 1).describe(
      "0 orders by score, 1 by variety only (maximal marginal relevance)",
    ).default(0),
    calibration: decimal(0, 1).describe(
      "0 ignores categories, 1 follows only the shares that each category has in the user's " +
        "events (Steck 2018)",
    ).default(0),
    explain: flagRule.describe(
      "Whether to name the user's own events behind each product; for a user's list this needs " +
        "one of API_TOKENS, as their history does",
    )
      .default(false),
  };
}

/** The options of a user's list. */
export function userListOptions(models: ModelChoice) {
  const { explain, ...options } = recommendationOptions(models);
  const rotate = flagRule
    .describe(
      "Whether to demote what the user was shown within the last day. What this list shows is " +
        "stored if the request has one of API_TOKENS; otherwise the process remembers it for now",
    ).default(false);
  return { ...options, rotate, explain, format };
}

/** The query for a user's list. */
export function recommendQuery(models: ModelChoice) {
  const placement = placementName(models).describe(
    "The placement to make the list for; what else is asked narrows it",
  ).optional();
  return withLimits(inQuery({ ...userListOptions(models), placement }));
}

function placementName({ placements = [] }: ModelChoice): z.ZodType<string, string> {
  return placements.length > 0 ? z.enum(placements) : text();
}

/** The name of a placement in a path; the API's description lists those that there are. */
export function placementPart({ placements = [] }: ModelChoice): z.ZodType<string, string> {
  const description = "The placement";
  const rule = text().describe(description);
  return placements.length === 0
    ? rule
    : rule.meta({ sent: { type: "string", enum: placements }, description });
}

/** The options that a request for a placement may have: all that narrow it. */
export function placementOptions(models: ModelChoice) {
  const { model: _, ...options } = recommendationOptions(models);
  return {
    productId: z.array(idRule, { error: "a list of product ids" })
      .max(MOST_BASKET, { error: `at most ${MOST_BASKET} product ids` })
      .describe(
        "The product of the page, or those of the basket; those that nobody knows are ignored",
      ).optional(),
    k: options.k.unwrap().describe("How many products; at most what the placement has").optional(),
    offset: options.offset,
    model: modelChoice(models).describe("The model, if the placement leaves it open").optional(),
    exclude: options.exclude.unwrap()
      .describe("Which of the user's own products to omit; the placement may omit more").optional(),
    ...filters,
    diversity: options.diversity.unwrap().optional(),
    calibration: options.calibration.unwrap().optional(),
    explain: options.explain,
    format,
  };
}

/** The query for a placement's list. */
export function placementQuery(models: ModelChoice) {
  const userId = idRule.describe("For whom; default a visitor who did nothing yet").optional();
  return withLimits(inQuery({ userId, ...placementOptions(models) }));
}

/** A list is for a user, whose history is known, or for a visitor, who brings one. */
function hasOneWho({ userId, events }: { userId?: string; events?: unknown }): boolean {
  return userId === undefined || events === undefined;
}

const WHO_RULE = {
  path: ["events"],
  error: "left out beside userId, whose own history is used (send theirs to POST /events)",
};

/** The body that asks for a placement's list for an anonymous visit or a user. */
export function placementBody(models: ModelChoice) {
  return withLimits(fields({
    userId: idRule.describe("For whom; without events").optional(),
    events: visit.optional(),
    ...placementOptions(models),
  })).refine(hasOneWho, WHO_RULE);
}

/** The query for lists of many users at once. */
export function batchQuery(models: ModelChoice) {
  const { offset: _, explain: __, ...options } = recommendationOptions(models);
  return withPriceOrder(inQuery(options)).refine(
    ({ k, diversity, calibration }) => diversity + calibration === 0 || k <= LAST_REFINED_PLACE,
    { path: ["k"], error: `at most ${LAST_REFINED_PLACE} if diversity or calibration is set` },
  );
}

/** The body that requests a user's list. */
export function userListBody(models: ModelChoice) {
  return withLimits(fields(userListOptions(models)));
}

/** The events of an anonymous visit. */
const visit = z.array(sessionEvent, { error: "a list of events, oldest first" })
  .max(MOST_EVENTS, { error: `at most ${MOST_EVENTS} events` })
  .describe("What the visitor did; events without times are oldest first and end now");

/** The body that requests a list for an anonymous visit. */
export function sessionBody(models: ModelChoice) {
  return withLimits(fields({ events: visit, ...recommendationOptions(models), format }));
}

/**
 * One product id or more, each once.
 *
 * @param most How many at most.
 */
export function productIdsRule(most: number) {
  return z.array(idRule, { error: "a list of product ids" })
    .min(1, { error: "at least one product id" })
    .max(most, { error: `at most ${most} product ids` })
    .check(({ value: ids, issues }) => {
      const before = new Set<string>();
      const again = ids.findIndex((id) => before.size === before.add(id).size);
      if (again < 0) return;
      const message = "an id that the list doesn't have yet: each is given once";
      issues.push({ code: "custom", path: [again], message, input: ids[again] });
    });
}

/** The body that asks for the order of products. */
export function rankBody(models: ModelChoice) {
  return fields({
    productIds: productIdsRule(MOST_RANKED).describe(
      "The products to order, such as a search result or a page of a category",
    ),
    userId: idRule.optional().describe("Whose list it is; without events"),
    events: visit.optional(),
    model: modelRule(models, "The model; default the one that training chose"),
    format,
  }).refine(hasOneWho, WHO_RULE)
    .refine(({ userId, events }) => userId !== undefined || events !== undefined, {
      path: ["userId"],
      error: "the user whose order it is, unless `events` has what a visitor did",
    });
}

/** The query for the users who would want a product. */
export function audienceQuery(models: ModelChoice) {
  return inQuery({
    k: whole(1, LARGEST_K).describe("How many users").default(DEFAULT_AUDIENCE),
    segment: text().describe("Only users in this segment of the file of placements").optional(),
    model: modelRule(models, "The model; default the one that training chose"),
    from: whole(0, MOST_USERS)
      .describe("The user to begin with: 0, or `next` of the answer before").default(0),
    seconds: whole(1, MOST_SECONDS)
      .describe("After how long to stop; the answer's `next` goes on").default(DEFAULT_SECONDS),
  });
}

/**
 * The query for similar products.
 *
 * @param others Further models that compare products.
 */
export function similarQuery(models: ModelChoice, others: readonly string[]) {
  const description =
    "The model that compares products; `popularity` can't, `content` answers instead";
  const model = modelRule(models, description, others);
  const userId = idRule.describe(
    "For whom: what they bought, dislike or hid is left out, and what suits them comes first",
  ).optional();
  const exclude = z.enum(EXCLUDES).describe("With `userId`: which of their products to omit")
    .default("purchased");
  return withPriceOrder(inQuery({ ...places, model, userId, exclude, ...filters, format }));
}

/** The query for new arrivals. */
export function newQuery(models: ModelChoice) {
  return withPriceOrder(inQuery({
    ...places,
    window: windowRule(
      LONGEST_WINDOW,
      `Products that came within the last days, for example 7d; default ${ARRIVAL_DAYS}d`,
    ).optional(),
    userId: idRule.describe("In whose order; default newest first").optional(),
    model: modelRule(models, "With `userId`: the model; default the one that training chose"),
    exclude: z.enum(EXCLUDES).describe("With `userId`: which of their products to omit")
      .default("seen"),
    ...filters,
    format,
  }));
}

/**
 * The query for popular products.
 *
 * @param mostDays The longest window, in days.
 */
export function popularQuery(mostDays: number) {
  const window = windowRule(mostDays).optional();
  return withPriceOrder(inQuery({ ...places, window, ...filters, format }));
}

/** The query that searches products. */
export const productsQuery = withPriceOrder(inQuery({
  query: text().describe("Words that the id, brand, category or title must contain").optional(),
  ...facets,
  ...pageOptions,
}));

function modelRule(models: ModelChoice, description: string, others: readonly string[] = []) {
  return modelChoice(models, others).describe(description).default(models.defaultName);
}

function modelChoice(
  { names }: ModelChoice,
  others: readonly string[] = [],
): z.ZodType<string, string> {
  return names.length > 0 ? z.enum([...new Set([...names, ...others])]) : z.string();
}

/**
 * Text such as `7d`, read as a number of days.
 *
 * @param mostDays The longest window.
 */
export function windowRule(
  mostDays: number,
  description = "Only events of the last days up to the current hour, for example 7d",
) {
  const error = `a number of days from 1d to ${mostDays}d`;
  return z.preprocess(
    (value) => typeof value === "string" && /^\d{1,3}d$/.test(value) ? parseInt(value) : value,
    z.int({ error }).min(1, { error }).max(mostDays, { error }),
  ).meta({
    sent: {
      description,
      type: "string",
      pattern: "^[1-9]\\d?d$",
    },
  });
}

/** Adds the rule that the lower price limit isn't above the upper one. */
export function withPriceOrder<Schema extends z.ZodObject>(schema: Schema): Schema {
  return schema.refine(
    (values) => {
      const { minPrice = 0, maxPrice = Infinity } = values as {
        minPrice?: number;
        maxPrice?: number;
      };
      return minPrice <= maxPrice;
    },
    { path: ["minPrice"], error: "at most maxPrice" },
  );
}

/** Adds the rules that concern several options, as only first places are refined. */
function withLimits<Schema extends z.ZodObject>(schema: Schema): Schema {
  return withPriceOrder(schema).refine(
    (values) => {
      const { k = DEFAULT_K, offset, diversity = 0, calibration = 0, explain, rotate } = values as {
        k?: number;
        offset: number;
        diversity?: number;
        calibration?: number;
        explain: boolean;
        rotate?: boolean;
      };
      const isRefined = diversity > 0 || calibration > 0 || explain || rotate;
      return !isRefined || k + offset <= LAST_REFINED_PLACE;
    },
    {
      path: ["k"],
      error: `at most ${LAST_REFINED_PLACE}, with the offset, if diversity, calibration, explain ` +
        "or rotate is set",
    },
  );
}
