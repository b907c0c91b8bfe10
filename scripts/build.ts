/** `deno task build`: makes sure that there is an artifact to serve; Deno Deploy runs it before it serves. */
import { Command } from "commander";
import { runTask } from "./lib/cli.ts";
import { ensureArtifact, type StartFlags } from "./lib/ensure_artifact.ts";
import { addEventsOptions } from "./lib/events_options.ts";
import { createReporter } from "./lib/reporter.ts";
import { addArtifactOptions, addTrainingOptions } from "./lib/training_options.ts";

if (import.meta.main) {
  const command = new Command("deno task build")
    .description(
      "Trains on a shop's events (without --events: on a simulated month) unless there is an artifact",
    );
  addArtifactOptions(addTrainingOptions(addEventsOptions(command, { required: false })))
    .option("--retrain", "train even where an artifact is present")
    .action((flags: StartFlags) => ensureArtifact(flags, createReporter(flags)));
  await runTask(command);
}
