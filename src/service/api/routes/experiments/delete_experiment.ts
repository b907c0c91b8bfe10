import { STATUS_CODE } from "../../../../base/std/http.ts";
import { ProblemError } from "../../../http/problem.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { deletedExperimentAnswer } from "../../../schema/experiment_answers.ts";
import { fresh } from "../../content.ts";
import { findExperiment } from "../../exposed/described_experiment.ts";
import { defineRoute } from "../../route.ts";
import { EXPERIMENT_PATH, experimentName } from "./experiment.ts";

/** `DELETE /experiments/{name}`: deletes an experiment, for every server at once. */
export const deleteExperiment = defineRoute({
  method: "DELETE",
  path: EXPERIMENT_PATH,
  access: "manage",
  summary: "Delete an experiment; what was shown stays stored",
  pathParameters: { name: experimentName },
  answers: fresh("Its name", deletedExperimentAnswer),
  setting: "EXPOSURES=on",
  isServed: ({ experiments }) => experiments !== undefined,
  async handle({ path: { name } }, { shop, experiments }) {
    const store = requireStore(shop);
    await shop.refresh();
    findExperiment(name, experiments!);
    if (experiments!.ofFile.has(name)) {
      throw new ProblemError({
        status: STATUS_CODE.Conflict,
        detail: "The experiment is of the file of experiments; delete it there",
        parameter: "name",
      });
    }
    await store.changeExperiment(name, undefined);
    await shop.refresh();
    return { name };
  },
});
