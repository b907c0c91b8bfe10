import { dataFacts } from "../../src/artifact/write_contents.ts";
import { defaultAlgorithms } from "../../src/models/mod.ts";
import type { ReportSource } from "../../src/analysis/report/source.ts";
import { chooseModels } from "../../src/training/choose_models.ts";
import { compareModels } from "../../src/training/compare_models.ts";
import { comparisonFacts, windowRows } from "../../src/training/comparison_facts.ts";
import type { EventsFlags } from "./events_options.ts";
import type { Reporter } from "./reporter.ts";
import { loadShop, requestFacts } from "./run_training.ts";
import { readCompareOptions, type TrainingFlags } from "./training_options.ts";

/**
 * Compares models on events, with the tuned options beside the artifacts; a report shows the same
 * as of an artifact, but nothing is exported.
 */
export async function evaluateForReport(
  flags: EventsFlags & TrainingFlags & { artifacts: string },
  reporter: Reporter,
): Promise<ReportSource> {
  await using shop = await loadShop(flags, reporter);
  const { interactions, cleaning } = shop;
  const models = flags.models ?? defaultAlgorithms;
  const options = await readCompareOptions(flags, interactions);
  const comparison = await compareModels(interactions, models, options, reporter.stage);
  reporter.finish();
  const choice = chooseModels(models.map(({ name }) => name), comparison);
  return {
    created: new Date().toISOString(),
    data: dataFacts(interactions, { ...await requestFacts(flags), cleaning }),
    defaultModel: choice.defaultModel,
    decision: choice.reason,
    gate: choice.gate,
    evaluation: windowRows(comparison),
    comparison: comparisonFacts(comparison),
    cleaning,
  };
}
