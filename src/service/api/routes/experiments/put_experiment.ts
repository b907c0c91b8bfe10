import { STATUS_CODE } from "../../../../base/std/http.ts";
import { ProblemError } from "../../../http/problem.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { experimentAnswer } from "../../../schema/experiment_answers.ts";
import { experimentRule, MOST_EXPERIMENTS } from "../../../schema/experiments.ts";
import type { Experiment } from "../../../store/entries/shop_rules.ts";
import { fresh, jsonBody } from "../../content.ts";
import { describeExperiment } from "../../exposed/described_experiment.ts";
import { defineRoute } from "../../route.ts";
import { EXPERIMENT_PATH, experimentName } from "./experiment.ts";

/**
 * `PUT /experiments/{name}`: starts an experiment or changes its times and its share, for every
 * server at once.
 */
export const putExperiment = defineRoute({
  method: "PUT",
  path: EXPERIMENT_PATH,
  access: "manage",
  summary: "Start an experiment, or change when it ends and how many users take part",
  pathParameters: { name: experimentName },
  body: jsonBody("What is compared, for whom and when", experimentRule),
  answers: fresh("The experiment", experimentAnswer),
  setting: "EXPOSURES=on",
  isServed: ({ experiments }) => experiments !== undefined,
  async handle({ path: { name }, body: experiment }, { shop, experiments }) {
    const store = requireStore(shop);
    await shop.refresh();
    const { all, ofFile } = experiments!;
    if (ofFile.has(name)) {
      throw conflict("The file of experiments has one of this name; choose another");
    }
    if (!all.has(name) && all.size - ofFile.size >= MOST_EXPERIMENTS) {
      throw conflict(`There are ${MOST_EXPERIMENTS} experiments, which is the most; delete one`);
    }
    requireSameArms(experiment, all.get(name));
    const faults = experiments!.faultsWith(name, experiment);
    if (faults.length > 0) {
      throw new ProblemError({ status: STATUS_CODE.BadRequest, detail: faults.join("; ") });
    }
    await store.changeExperiment(name, experiment);
    await shop.refresh();
    return describeExperiment(name, { experiments: experiments!, now: shop.now() });
  },
});

/** Users would change their arms, so that nothing that was measured could be compared. */
function requireSameArms(experiment: Experiment, before: Experiment | undefined): void {
  const whatIsCompared = ({ arms, placement, layer, from }: Experiment) =>
    JSON.stringify([arms, placement, layer, from]);
  if (!before || whatIsCompared(experiment) === whatIsCompared(before)) return;
  throw conflict(
    "The arms, placement, layer and beginning of an experiment's users stay as they are; delete " +
      "it, or choose another name",
  );
}

function conflict(detail: string): ProblemError {
  return new ProblemError({ status: STATUS_CODE.Conflict, detail, parameter: "name" });
}
