/** `deno task start`: from events (or a simulated month) to recommendations over HTTP. */
import { Command } from "commander";
import type { Address } from "../src/service/listen.ts";
import { addWrittenFiles, runTask } from "./lib/cli.ts";
import { ensureArtifact, SIMULATED_FILES, type StartFlags } from "./lib/ensure_artifact.ts";
import { addEventsOptions, TRAINING_FILES } from "./lib/events_options.ts";
import { addEngineOptions, addSumsOption } from "./lib/spark/engine_options.ts";
import { createReporter } from "./lib/reporter.ts";
import {
  addAddressOptions,
  requireServable,
  serveUntilStopped,
  STORE_FILES,
} from "./lib/serving.ts";
import { addArtifactOptions, addTrainingOptions, ARTIFACT_FILES } from "./lib/training_options.ts";

async function run(flags: StartFlags & Address): Promise<void> {
  await requireServable(flags);
  await ensureArtifact(flags, createReporter(flags));
  await serveUntilStopped(flags.artifacts, flags);
}

if (import.meta.main) {
  const command = new Command("deno task start")
    .description(
      "Trains on a shop's events (default: a simulated month), compares the models and serves " +
        "the best; serves the current artifact if it was trained on the same events",
    );
  addAddressOptions(
    addArtifactOptions(
      addTrainingOptions(
        addSumsOption(addEngineOptions(addEventsOptions(command, { required: false }))),
      ),
    ),
  )
    .option("--retrain", "train even if there is an artifact")
    .action(run);
  addWrittenFiles(command, {
    ...ARTIFACT_FILES,
    ...SIMULATED_FILES,
    ...TRAINING_FILES,
    ...STORE_FILES,
  });
  await runTask(command);
}
