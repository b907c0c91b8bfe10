/** Experiments: which lists differ for whom. */
import { z } from "zod";
import { nameRule } from "./business_rules.ts";
import { anyTimeRule, decimal, fields, text, whole } from "./rules.ts";

/** The most experiments that a shop may put. */
export const MOST_EXPERIMENTS = 100;

const MOST_ARMS = 10;
const MOST_RAMP_DAYS = 365;
const MOST_HOLDOUT = 0.5;

/** The name of the arm of those who never take part. */
export const HOLDOUT = "holdout";

/** One of the ways that an experiment compares. */
export const experimentArm = fields({
  name: nameRule.refine((name) => name !== HOLDOUT, { error: `another name than ${HOLDOUT}` }),
  share: decimal(0, 1).describe("Its part of the users who take part; those of all arms sum to 1"),
  model: text().describe("The model of the placement's own step").optional(),
  placement: nameRule.describe("The placement that is served instead").optional(),
}).refine(({ model, placement }) => model === undefined || placement === undefined, {
  path: ["placement"],
  error: "left out where there is a model",
});

/** An experiment. The first arm is the control. */
export const experimentRule = fields({
  placement: nameRule.describe(
    "The placement whose lists differ; default users' lists without a placement",
  ).optional(),
  layer: nameRule.describe(
    "Experiments of one layer never have the same user; default the placement's own, or lists",
  ).optional(),
  from: decimal(0, 1).describe("Where its part of the layer's users begins").default(0),
  share: decimal(0, 1).describe("How large a part of the layer's users takes part").default(1),
  start: anyTimeRule.describe("When it begins; default at once").optional(),
  stop: anyTimeRule.describe("When it ends, and everyone gets the usual lists; default never")
    .optional(),
  rampDays: whole(0, MOST_RAMP_DAYS).describe(
    "In how many days from its start the share grows to its full size, evenly; users only join",
  ).default(0),
  arms: z.array(experimentArm, { error: "a list of arms" }).min(2, { error: "at least two arms" })
    .max(MOST_ARMS, { error: `at most ${MOST_ARMS} arms` })
    .describe("What is compared, the control first; one without a model or placement is as usual"),
}).refine(({ start = 0, stop = Infinity }) => start < stop, {
  path: ["stop"],
  error: "later than start",
}).refine(({ rampDays, start }) => rampDays === 0 || start !== undefined, {
  path: ["start"],
  error: "given where there are rampDays",
});

/** What `experiments.json` contains. */
export const experimentsFile = fields({
  holdout: decimal(0, MOST_HOLDOUT).describe(
    "The share of users who never take part in any experiment",
  ).default(0),
  experiments: z.record(nameRule, experimentRule).default({}),
});
