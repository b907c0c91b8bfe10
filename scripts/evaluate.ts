/** `deno task evaluate`: measures models on events as they would have been used, and exports nothing. */
import { Command } from "commander";
import { toRows } from "../src/evaluation/rows.ts";
import { algorithms } from "../src/models/mod.ts";
import { compareModels } from "../src/training/compare_models.ts";
import { runTask } from "./lib/cli.ts";
import { formatComparison, formatSplit } from "./lib/comparison_table.ts";
import { addEventsOptions, type EventsFlags } from "./lib/events_options.ts";
import { createReporter } from "./lib/reporter.ts";
import { loadInteractions } from "./lib/run_training.ts";
import { addTrainingOptions, compareOptions, type TrainingFlags } from "./lib/training_options.ts";
import { writeJson } from "./lib/write_json.ts";

interface EvaluateFlags extends EventsFlags, TrainingFlags {
  json?: string;
}

async function run(flags: EvaluateFlags): Promise<void> {
  const reporter = createReporter(flags);
  const interactions = await loadInteractions(flags, reporter, "rejects.csv");
  const models = flags.models ?? algorithms;
  const options = compareOptions(flags);
  const { split, validation, test, winner } = await compareModels(
    interactions,
    models,
    options,
    reporter.stage,
  );
  reporter.finish();
  console.log(formatSplit(split));
  console.log("\n" + formatComparison("test", test));
  const chosen = validation.find(({ model }) => model === winner);
  console.log(
    chosen
      ? `\nWinner on validation: ${winner}, NDCG@${chosen.k} ${chosen.tasks.new.ndcg.toFixed(4)}`
      : "\nNo winner: nobody could be measured on validation",
  );
  if (flags.json) await writeJson(flags.json, toRows(test));
}

if (import.meta.main) {
  const command = new Command("deno task evaluate")
    .description("Measures models by full ranking: fitted to the past, tested on what came next");
  addTrainingOptions(addEventsOptions(command))
    .option("--json <file>", "write the test window's figures as JSON")
    .action(run);
  await runTask(command);
}
