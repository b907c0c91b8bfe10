/** `deno task start`: the main job, from events (or a simulated month) to answers over HTTP. */
import { Command } from "commander";
import type { Address } from "../src/service/listen.ts";
import { runTask } from "./lib/cli.ts";
import { ensureArtifact, type StartFlags } from "./lib/ensure_artifact.ts";
import { addEventsOptions } from "./lib/events_options.ts";
import { createReporter } from "./lib/reporter.ts";
import { addAddressOptions, serveUntilStopped } from "./lib/serving.ts";
import { addArtifactOptions, addTrainingOptions } from "./lib/training_options.ts";

async function run(flags: StartFlags & Address): Promise<void> {
  await ensureArtifact(flags, createReporter(flags));
  await serveUntilStopped(flags.artifacts, flags);
}

if (import.meta.main) {
  const command = new Command("deno task start")
    .description(
      "Trains on a shop's events (without --events: on a simulated month), compares the models and " +
        "serves the best; an artifact that is there already is served at once",
    );
  addAddressOptions(
    addArtifactOptions(addTrainingOptions(addEventsOptions(command, { required: false }))),
  )
    .option("--retrain", "train even where an artifact is present")
    .action(run);
  await runTask(command);
}
