/** The file of placements. */
import { z } from "zod";
import { EXCLUDES } from "../../../models/rank.ts";
import type { Immutable } from "../../schema/immutable.ts";
import { nameRule, placementRule, type productConditions } from "../../schema/business_rules.ts";
import { filters, LARGEST_K, windowRule, withPriceOrder } from "../../schema/lists.ts";
import { decimal, fields, whole } from "../../schema/rules.ts";
import { segment } from "../../schema/segments.ts";
import { TALLY_DAYS } from "../../store/entries/tallies.ts";

/** The names of strategies; `strategies/mod.ts` has what they do. */
export const STRATEGY_NAMES = ["personal", "similar", "together", "new", "popular"] as const;

/** One of {@linkcode STRATEGY_NAMES}. */
export type StrategyName = typeof STRATEGY_NAMES[number];

const MOST_STEPS = 10;
const MOST_RULES = 50;

const stepFields = {
  strategy: z.enum(STRATEGY_NAMES).describe(
    "`personal`: what a model recommends to the user; `similar`: what is like the page's " +
      "products, or the user's latest; `together`: what is bought with them; `new`: new " +
      "arrivals, in the order of the user's interest or newest first; `popular`",
  ),
  model: z.string().min(1).describe("The model; default the one that training chose").optional(),
  window: windowRule(TALLY_DAYS).describe("With `popular` and `new`: such as 7d").optional(),
  ...filters,
  diversity: decimal(0, 1).optional(),
  calibration: decimal(0, 1).optional(),
};

const step = withPriceOrder(fields(stepFields));

/** The last place that may explore. */
const LAST_EXPLORED = 100;
const MOST_EXPLORED = 20;
const MOST_CANDIDATES = 100;
const MOST_SHOWN_NEW = 1_000_000;

const exploration = fields({
  places: z.array(whole(1, LAST_EXPLORED), { error: "a list of places" })
    .min(1, { error: "at least one place" })
    .max(MOST_EXPLORED, { error: `at most ${MOST_EXPLORED} places` })
    .refine((places) => new Set(places).size === places.length, { error: "places, each once" })
    .describe("The places of the list, from 1"),
  method: z.enum(["thompson", "epsilonGreedy"]).describe(
    "`thompson`: each candidate as often as it is believed to be clicked most; `epsilonGreedy`: " +
      "the model's choice, but for a chance of `epsilon`",
  ).default("thompson"),
  epsilon: decimal(0.001, 1).describe("The chance that any candidate is shown, all equally likely")
    .default(0.1),
  candidates: whole(1, MOST_CANDIDATES).describe(
    "How many products beyond the list compete for these places",
  ).default(20),
  newProducts: whole(0, MOST_SHOWN_NEW).describe(
    "How often each product added since the training may be shown there before it has to earn " +
      "its place",
  ).default(0),
});

/** One placement. */
export const placementSchema = withPriceOrder(fields({
  ...stepFields,
  k: whole(1, LARGEST_K).describe("How many products; a request may ask for fewer").optional(),
  exclude: z.enum(EXCLUDES).describe("Which of the user's own products to omit").optional(),
  rules: z.array(nameRule).max(MOST_RULES).describe("Names of `rules`, in their order").optional(),
  fallback: z.array(
    z.union([nameRule, step], { error: "the name of a placement, or an object with a strategy" }),
  ).max(MOST_STEPS).describe(
    "What fills the places that the strategy leaves empty, one after another: steps of their " +
      "own, or other placements' strategies with their chains. Default the model's own: " +
      "what is popular in the user's categories, like their products, and popular",
  ).optional(),
  explore: exploration.describe(
    "Places that are given to exploration, so that products are judged that the model doesn't " +
      "favour; needs `EXPOSURES=on`",
  ).optional(),
  impressions: z.enum(["implied", "reported"]).describe(
    "Whether a user's list counts as shown when it is fetched, or when `POST /impressions` says " +
      "so; default reported",
  ).optional(),
  variants: z.array(fields({ segment: nameRule, placement: nameRule })).max(MOST_STEPS).describe(
    "Another placement for users of a segment; the first that fits",
  ).optional(),
}));

/** What `placements.json` contains. */
export const placementsFile = fields({
  placements: z.record(nameRule, placementSchema),
  rules: z.record(nameRule, placementRule).default({}),
  segments: z.record(nameRule, segment).default({}),
  defaults: z.array(nameRule).max(MOST_RULES).default([]).describe(
    "Names of `rules` that hold in every placement without a rule of the same effect, and in " +
      "lists without a placement",
  ),
});

/** One way to find products: a placement's own, or a step of its chain. */
export type Step = Immutable<z.output<typeof step>>;

/** A placement as the file says it. */
export type PlacementDefinition = Immutable<z.output<typeof placementSchema>>;

/** A rule that a placement names. */
export type PlacementRule = Immutable<z.output<typeof placementRule>>;

/** The conditions of a segment. */
export type SegmentDefinition = Immutable<z.output<typeof segment>>;

/** The content of the file. */
export type PlacementsFile = Immutable<z.output<typeof placementsFile>>;

/** Which products a rule means; omitted conditions mean all. */
export type ProductConditions = Immutable<z.output<typeof productConditions>>;
