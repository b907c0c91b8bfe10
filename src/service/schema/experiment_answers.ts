/** What the API answers about experiments. */
import { z } from "zod";
import { METRIC_NAMES } from "../../experiments/report/arm_sums.ts";
import { experimentRule } from "./experiments.ts";

const time = z.string().describe("ISO 8601");

/** An estimate and the bounds that hold the true value. */
export const interval = z.object({
  estimate: z.number(),
  low: z.number().optional().describe("Left out if it isn't bounded, as with few users"),
  high: z.number().optional().describe("As `low`"),
});

/** What an arm has more than the control. */
export const effect = z.object({
  difference: interval.describe("What the arm has more than the control"),
  relative: interval.optional().describe("The same as a share of the control's value"),
  isCertain: z.boolean().describe("Whether the interval excludes 0"),
});

/** A metric of an arm. */
export const metric = z.object({
  value: z.number().optional().describe("Left out without users or lists"),
  standardError: z.number().optional(),
  effect: effect.optional().describe(
    "Compared to the control. The intervals hold at all times at once: stopping when an effect " +
      "is certain is allowed",
  ),
});

/** The same rule for each metric of experiments. */
function perMetric<Rule extends z.ZodType>(rule: Rule) {
  return z.object(
    Object.fromEntries(METRIC_NAMES.map((name) => [name, rule])) as Record<
      typeof METRIC_NAMES[number],
      Rule
    >,
  );
}

/** What an arm brought. */
export const armReport = z.object({
  name: z.string(),
  share: z.number().optional().describe("Left out for those who never take part"),
  users: z.int(),
  lists: z.int().describe("Lists that were shown"),
  clicked: z.int().describe("Lists of which a product was clicked"),
  carted: z.int().describe("Lists of which a product was put into the cart"),
  bought: z.int().describe("Lists of which a product was bought"),
  metrics: perMetric(metric),
});

const described = {
  name: z.string(),
  ...experimentRule.shape,
  start: time.optional(),
  stop: time.optional(),
  source: z.enum(["file", "put"]).describe("Whether it is of the file, or was put"),
  state: z.enum(["planned", "running", "stopped", "invalid"]).describe(
    "`invalid`: it names what there isn't any more, so that it doesn't run",
  ),
  faults: z.array(z.string()).describe("Why it is invalid"),
};

/** An experiment as the shop defined it. */
export const experimentAnswer = z.object(described);

/** All experiments, in the order of their names. */
export const experimentsAnswer = z.object({
  holdout: z.number().describe("The share of users who never take part"),
  experiments: z.array(experimentAnswer),
});

/** An experiment, and what it found so far. */
export const experimentReportAnswer = z.object({
  ...described,
  measured: time.describe("When its figures were read; they are reused for a minute or longer"),
  results: z.array(armReport).describe("What each arm brought, the control first"),
  sampleRatio: z.object({
    pValue: z.number(),
    isOff: z.boolean().describe(
      "Whether arms have other shares of users than they should: then no figure can be trusted",
    ),
  }),
  mixedUsers: z.int().describe("Users who were in several arms, since they were merged; left out"),
  plan: z.object({
    users: z.int().describe("Users who would take part"),
    metrics: perMetric(
      z.object({
        value: z.number(),
        detectable: z.number().describe("The smallest difference found with a power of 80%"),
      }).optional(),
    ),
  }).optional().describe(
    "What the experiment can find, judging by a time as long as it is to run; before it has users",
  ),
});

/** The experiment that was deleted. */
export const deletedExperimentAnswer = z.object({ name: z.string() });
