import { isoTime } from "../../../../base/time.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { nameRule } from "../../../schema/business_rules.ts";
import { experimentReportAnswer } from "../../../schema/experiment_answers.ts";
import { fresh } from "../../content.ts";
import {
  describeArms,
  describeExperiment,
  findExperiment,
} from "../../exposed/described_experiment.ts";
import { cataloguePrices } from "../../exposed/catalogue_prices.ts";
import { defineRoute } from "../../route.ts";

/** The path of an experiment. */
export const EXPERIMENT_PATH = "/experiments/{name}";

/** The description of its name. */
export const experimentName = nameRule.describe("The experiment");

/** `GET /experiments/{name}`: an experiment, and what it found so far. */
export const experiment = defineRoute({
  method: "GET",
  path: EXPERIMENT_PATH,
  access: "manage",
  summary: "What an experiment found so far, with intervals that may be looked at at any time",
  pathParameters: { name: experimentName },
  answers: fresh("The experiment and its figures by arm", experimentReportAnswer),
  setting: "EXPOSURES=on",
  isServed: ({ experiments }) => experiments !== undefined,
  async handle({ path: { name } }, { shop, exposures, experiments }) {
    const store = requireStore(shop);
    await shop.refresh();
    findExperiment(name, experiments!);
    const { all, measures } = experiments!;
    const { experiments: measured, at } = await measures.measure(store, all, {
      hours: exposures!.attributionHours,
      priceOf: cataloguePrices(shop),
    });
    const { report, mixedUsers, plan } = measured.get(name)!;
    return {
      ...describeExperiment(name, { experiments: experiments!, now: shop.now() }),
      measured: isoTime(at / 1000),
      results: describeArms(report),
      sampleRatio: report.sampleRatio,
      mixedUsers,
      ...(plan && { plan }),
    };
  },
});
