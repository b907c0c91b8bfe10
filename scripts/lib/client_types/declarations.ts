/** Which types the client has, and the rules of the service that they are made from. */
import { z } from "zod";
import * as answers from "../../../src/service/schema/answers.ts";
import { storedRule } from "../../../src/service/schema/business_rules.ts";
import * as experiments from "../../../src/service/schema/experiment_answers.ts";
import { experimentArm, experimentRule } from "../../../src/service/schema/experiments.ts";
import { exposuresQuery, impression } from "../../../src/service/schema/exposures.ts";
import { exportQuery, sessionEvent, shopEvent } from "../../../src/service/schema/events.ts";
import {
  ANY_MODEL,
  audienceQuery,
  facets,
  filters,
  newQuery,
  placementBody,
  places,
  popularQuery,
  productsQuery,
  rankBody,
  recommendQuery,
  sessionBody,
  similarQuery,
} from "../../../src/service/schema/lists.ts";
import { togetherBody } from "../../../src/service/schema/together.ts";
import { historyQuery, usersQuery } from "../../../src/service/schema/page.ts";
import { namedProductChange, productChange } from "../../../src/service/schema/products.ts";
import { TALLY_DAYS } from "../../../src/service/store/entries/tallies.ts";

/** A type to declare. */
export interface Declaration {
  readonly name: string;
  /** Its doc comment. */
  readonly doc: string;
  readonly rule: z.ZodObject;
  /** Names of declared types; only the fields that they lack are written. Default none. */
  readonly bases?: readonly string[];
}

/** What the client sends. */
export const REQUESTS: readonly Declaration[] = [
  {
    name: "FilterOptions",
    doc: "Which products a list may contain.",
    rule: z.object(facets),
  },
  {
    name: "ListOptions",
    doc: "The options of all lists.",
    rule: z.object({ ...places, ...filters }),
    bases: ["FilterOptions"],
  },
  {
    name: "RecommendOptions",
    doc: "The options of a list for a user or an anonymous visit.",
    rule: without(["events", "format"], sessionBody(ANY_MODEL)),
    bases: ["ListOptions"],
  },
  {
    name: "UserListOptions",
    doc: "The options of a list for a user.",
    rule: without(["format"], recommendQuery(ANY_MODEL)),
    bases: ["RecommendOptions"],
  },
  {
    name: "PlacementOptions",
    doc: "For whom a placement's list is, where, and what narrows it.",
    rule: without(["format"], placementBody(ANY_MODEL)),
  },
  {
    name: "SimilarOptions",
    doc: "The options of a list of similar products.",
    rule: without(["format"], similarQuery(ANY_MODEL, [])),
    bases: ["ListOptions"],
  },
  {
    name: "TogetherOptions",
    doc: "The options of a list of what goes together.",
    rule: without(["productIds", "format"], togetherBody),
    bases: ["ListOptions"],
  },
  {
    name: "NewOptions",
    doc: "The options of a list of new arrivals.",
    rule: without(["format"], newQuery(ANY_MODEL)),
    bases: ["ListOptions"],
  },
  {
    name: "PopularOptions",
    doc: "The options of a list of popular products.",
    rule: without(["format"], popularQuery(TALLY_DAYS)),
    bases: ["ListOptions"],
  },
  {
    name: "RankOptions",
    doc: "The products to order, and for whom: a user, or a visitor by their events.",
    rule: without(["format"], rankBody(ANY_MODEL)),
  },
  {
    name: "AudienceOptions",
    doc: "Which users to compare for a product, and how long.",
    rule: audienceQuery(ANY_MODEL),
  },
  {
    name: "PageOptions",
    doc: "Which page of a long answer to return.",
    rule: historyQuery,
  },
  {
    name: "UsersOptions",
    doc: "Which users to list.",
    rule: usersQuery,
  },
  {
    name: "SearchOptions",
    doc: "Which products to find, and which page of them to return.",
    rule: productsQuery,
    bases: ["FilterOptions", "PageOptions"],
  },
  {
    name: "SessionEvent",
    doc: "An event of an anonymous visit.",
    rule: sessionEvent,
  },
  {
    name: "ShopEvent",
    doc: "An event to store.",
    rule: shopEvent,
    bases: ["SessionEvent"],
  },
  {
    name: "ExperimentArm",
    doc: "One of the ways that an experiment compares.",
    rule: experimentArm,
  },
  {
    name: "Experiment",
    doc: "An experiment: what is compared, for whom and when.",
    rule: experimentRule,
  },
  {
    name: "ExposuresOptions",
    doc: "Which of what was shown to export.",
    rule: exposuresQuery,
  },
  {
    name: "Impression",
    doc: "A list, or the part of it that a user saw.",
    rule: impression,
  },
  {
    name: "ProductChange",
    doc: "New facts about a product; omitted ones keep their values.",
    rule: productChange,
  },
  {
    name: "NamedProductChange",
    doc: "New facts about one of several products; omitted ones keep their values.",
    rule: namedProductChange,
    bases: ["ProductChange"],
  },
  {
    name: "Rule",
    doc: "A rule that changes lists wherever its scope says.",
    rule: storedRule,
  },
  {
    name: "ExportOptions",
    doc: "Which events to export.",
    rule: exportQuery,
  },
];

/** What the service answers. */
export const ANSWERS: readonly Declaration[] = [
  { name: "Product", doc: "A product of the catalogue.", rule: answers.productAnswer },
  {
    name: "ChangedProduct",
    doc: "A product as the shop's own programs see it after a change.",
    rule: answers.changedProductAnswer,
    bases: ["Product"],
  },
  {
    name: "ChangedProductsAnswer",
    doc: "What changing several products did.",
    rule: answers.changedProductsAnswer,
  },
  {
    name: "DeletedProductAnswer",
    doc: "The product that was deleted.",
    rule: answers.deletedProductAnswer,
  },
  {
    name: "ProductsAnswer",
    doc: "One page of the products found, and their total number.",
    rule: answers.productsAnswer,
  },
  {
    name: "Contribution",
    doc: "What one of the user's own events adds to a score.",
    rule: answers.contribution,
  },
  { name: "Explanation", doc: "Why a product has its score.", rule: answers.explanation },
  { name: "RecommendedProduct", doc: "A product of a list.", rule: answers.recommendedProduct },
  {
    name: "ItemEffect",
    doc: "What a rule did to a product of a list.",
    rule: answers.itemEffect,
  },
  {
    name: "PlacedProduct",
    doc: "A product of a placement's list.",
    rule: answers.placedProduct,
    bases: ["RecommendedProduct"],
  },
  {
    name: "RuleOutcome",
    doc: "What became of a rule that holds for a list.",
    rule: answers.ruleOutcome,
  },
  {
    name: "PlacementStep",
    doc: "A step of a placement's chain.",
    rule: answers.placementStep,
  },
  { name: "RecommendAnswer", doc: "A list for a user.", rule: answers.recommendAnswer },
  { name: "RuleAnswer", doc: "A rule that the shop put.", rule: answers.ruleAnswer },
  {
    name: "RulesAnswer",
    doc: "All rules that the shop put, in the order of their names.",
    rule: answers.rulesAnswer,
  },
  {
    name: "DeletedRule",
    doc: "The rule that was deleted.",
    rule: answers.deletedRuleAnswer,
  },
  {
    name: "UsersAnswer",
    doc: "One page of users; `next` goes on.",
    rule: answers.usersAnswer,
  },
  {
    name: "AudienceAnswer",
    doc: "The users who would want a product most.",
    rule: answers.audienceAnswer,
  },
  { name: "PlacementAnswer", doc: "A placement's list.", rule: answers.placementAnswer },
  {
    name: "PlacementsAnswer",
    doc: "The names of placements and segments.",
    rule: answers.placementsAnswer,
  },
  { name: "SessionAnswer", doc: "A list for an anonymous visit.", rule: answers.sessionAnswer },
  {
    name: "RankAnswer",
    doc: "Products in the order of a user's or a visitor's interest.",
    rule: answers.rankAnswer,
  },
  { name: "SimilarAnswer", doc: "Products similar to one.", rule: answers.similarAnswer },
  {
    name: "PairReason",
    doc: "How often a product was in one basket with one of those asked for.",
    rule: answers.pairReason,
  },
  {
    name: "TogetherProduct",
    doc: "A product that goes with others.",
    rule: answers.togetherProduct,
  },
  {
    name: "TogetherAnswer",
    doc: "What goes with a product or a basket.",
    rule: answers.togetherAnswer,
  },
  {
    name: "PopularAnswer",
    doc: "The most popular products, and the window they were counted in.",
    rule: answers.popularAnswer,
  },
  {
    name: "NewAnswer",
    doc: "New arrivals, and the window that they came in.",
    rule: answers.newAnswer,
  },
  {
    name: "MergedAnswer",
    doc: "What merging another id into a user did.",
    rule: answers.mergedAnswer,
  },
  {
    name: "HistoryAnswer",
    doc: "One page of a user's events, newest first.",
    rule: answers.historyAnswer,
  },
  { name: "Refusal", doc: "Why one of several events was refused.", rule: answers.refusal },
  { name: "EventsAnswer", doc: "What happened to the events sent.", rule: answers.eventsAnswer },
  {
    name: "EffectInterval",
    doc: "An estimate and the bounds that hold the true value.",
    rule: experiments.interval,
  },
  {
    name: "EffectAnswer",
    doc: "What an arm has more than the control.",
    rule: experiments.effect,
  },
  { name: "MetricAnswer", doc: "A metric of an arm.", rule: experiments.metric },
  { name: "ArmReport", doc: "What an arm brought.", rule: experiments.armReport },
  {
    name: "ExperimentAnswer",
    doc: "An experiment as the shop defined it.",
    rule: experiments.experimentAnswer,
  },
  {
    name: "ExperimentsAnswer",
    doc: "All experiments, in the order of their names.",
    rule: experiments.experimentsAnswer,
  },
  {
    name: "ExperimentReport",
    doc: "An experiment, and what it found so far.",
    rule: experiments.experimentReportAnswer,
    bases: ["ExperimentAnswer"],
  },
  {
    name: "DeletedExperiment",
    doc: "The experiment that was deleted.",
    rule: experiments.deletedExperimentAnswer,
  },
  {
    name: "ImpressionsAnswer",
    doc: "What happened to the impressions sent.",
    rule: answers.impressionsAnswer,
  },
  { name: "ForgottenAnswer", doc: "What was deleted of a user.", rule: answers.forgottenAnswer },
  { name: "VersionAnswer", doc: "The artifact that is served.", rule: answers.versionAnswer },
  {
    name: "ReloadAnswer",
    doc: "The artifact that is served after a reload, and the one before it.",
    rule: answers.reloadAnswer,
  },
  {
    name: "ReadinessAnswer",
    doc: "Whether the whole service works.",
    rule: answers.readinessAnswer,
  },
  {
    name: "Problem",
    doc: "Why the service refused a request (RFC 9457).",
    rule: answers.problemAnswer,
  },
];

/** The same rule without the fields that the client sets itself. */
function without(fields: readonly string[], { shape }: z.ZodObject): z.ZodObject {
  return z.object(
    Object.fromEntries(Object.entries(shape).filter(([name]) => !fields.includes(name))),
  );
}
