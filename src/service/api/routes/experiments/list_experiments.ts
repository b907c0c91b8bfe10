import { experimentsAnswer } from "../../../schema/experiment_answers.ts";
import { fresh } from "../../content.ts";
import { describeExperiment } from "../../exposed/described_experiment.ts";
import { defineRoute } from "../../route.ts";

/** `GET /experiments`: all experiments. */
export const listExperiments = defineRoute({
  method: "GET",
  path: "/experiments",
  access: "manage",
  summary: "All experiments, of the file and put, in the order of their names",
  answers: fresh("The experiments", experimentsAnswer),
  setting: "EXPOSURES=on",
  isServed: ({ experiments }) => experiments !== undefined,
  async handle(_, { shop, experiments }) {
    await shop.refresh();
    const now = shop.now();
    const { holdout, all } = experiments!;
    return {
      holdout,
      experiments: [...all.keys()].sort()
        .map((name) => describeExperiment(name, { experiments: experiments!, now })),
    };
  },
});
