/** `deno task train`: compares models on events and exports the best as an artifact. */
import { Command } from "commander";
import { runTask } from "./lib/cli.ts";
import { addEventsOptions } from "./lib/events_options.ts";
import { createReporter } from "./lib/reporter.ts";
import { runTraining, type TrainFlags } from "./lib/run_training.ts";
import { addArtifactOptions, addTrainingOptions } from "./lib/training_options.ts";

if (import.meta.main) {
  const command = new Command("deno task train")
    .description("Compares models on a shop's events and exports the best as an artifact");
  addArtifactOptions(addTrainingOptions(addEventsOptions(command)))
    .option("--collected", "also train on the events that the service collected (see KV_PATH)")
    .action(async (flags: TrainFlags) => {
      await runTraining(flags, createReporter(flags));
    });
  await runTask(command);
}
