/** `deno task evaluate`: compares models on a shop's events without exporting an artifact. */
import { Command } from "commander";
import { toCertainRows } from "../src/evaluation/certainty.ts";
import type { Interactions } from "../src/interactions/interactions.ts";
import { defaultAlgorithms } from "../src/models/mod.ts";
import { unmeasuredReason } from "../src/training/unmeasured.ts";
import { compareModels } from "../src/training/compare_models.ts";
import { rollingEvaluation, rollingRows } from "../src/training/rolling.ts";
import { addWrittenFiles, runTask, wholeNumber } from "./lib/cli.ts";
import { formatBreakdowns, formatOverlaps } from "./lib/tables/breakdown_table.ts";
import { formatComparison, formatSkipped, formatSplit } from "./lib/tables/comparison_table.ts";
import { addEventsOptions, type EventsFlags, TRAINING_FILES } from "./lib/events_options.ts";
import { createReporter, type Reporter } from "./lib/reporter.ts";
import { formatRolling } from "./lib/tables/rolling_table.ts";
import { wrapText } from "./lib/tables/wrap.ts";
import { addEngineOptions, addSumsOption, type EngineFlags } from "./lib/spark/engine_options.ts";
import { loadShop } from "./lib/run_training.ts";
import {
  addTrainingOptions,
  readCompareOptions,
  type TrainingFlags,
} from "./lib/training_options.ts";
import { writeJson } from "./lib/write_json.ts";

interface EvaluateFlags extends EventsFlags, EngineFlags, TrainingFlags {
  json?: string;
  folds?: number;
}

async function run(flags: EvaluateFlags): Promise<void> {
  const reporter = createReporter(flags);
  await using shop = await loadShop(flags, reporter);
  const { interactions } = shop;
  const rows = flags.folds
    ? await evaluateRolling(interactions, flags, reporter)
    : await evaluateOnce(interactions, flags, reporter);
  if (flags.json) await writeJson(flags.json, rows);
}

async function evaluateOnce(
  interactions: Interactions,
  flags: EvaluateFlags,
  reporter: Reporter,
): Promise<object[]> {
  const models = flags.models ?? defaultAlgorithms;
  const options = await readCompareOptions(flags, interactions);
  const comparison = await compareModels(interactions, models, options, reporter.stage);
  reporter.finish();
  const { split, protocol, validation, test, breakdowns, overlaps, winner } = comparison;
  const rows = toCertainRows(test);
  console.log(formatSplit(split));
  console.log(
    formatSkipped(comparison.skipped) + "\n" +
      formatComparison({ window: "test", protocol }, test[0]?.population, rows),
  );
  console.log(`\n${formatBreakdowns(breakdowns)}\n\n${formatOverlaps(overlaps)}`);
  const chosen = validation.find(({ model }) => model === winner);
  const outcome = chosen
    ? `\nWinner on validation: ${winner}, NDCG@${chosen.k} ${chosen.tasks.new.ndcg.toFixed(4)}`
    : `\nNo winner: ${unmeasuredReason(comparison)}`;
  console.log(wrapText(outcome));
  return rows;
}

async function evaluateRolling(
  interactions: Interactions,
  flags: EvaluateFlags,
  reporter: Reporter,
): Promise<object[]> {
  const rolling = await rollingEvaluation(
    interactions,
    flags.models ?? defaultAlgorithms,
    { ...await readCompareOptions(flags, interactions), folds: flags.folds },
    reporter.stage,
  );
  reporter.finish();
  console.log(formatRolling(rolling));
  return rollingRows(rolling);
}

if (import.meta.main) {
  const command = new Command("deno task evaluate")
    .description(
      "Compares models by full ranking: trained on the past, tested on what users did next",
    );
  addTrainingOptions(addSumsOption(addEngineOptions(addEventsOptions(command))))
    .option(
      "--folds <n>",
      "evaluate on n consecutive test windows instead of one",
      wholeNumber(2, 100),
    )
    .option("--json <file>", "also write the test windows' figures as JSON")
    .action(run);
  addWrittenFiles(command, {
    "--json FILE": "the figures of the test windows",
    ...TRAINING_FILES,
  });
  await runTask(command);
}
