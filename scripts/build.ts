/**
 * `deno task build`: makes sure that there is an artifact to serve; the build step on Deno Deploy.
 */
import { Command } from "commander";
import { addWrittenFiles, runTask } from "./lib/cli.ts";
import { ensureArtifact, SIMULATED_FILES, type StartFlags } from "./lib/ensure_artifact.ts";
import { addEventsOptions, TRAINING_FILES } from "./lib/events_options.ts";
import { createReporter } from "./lib/reporter.ts";
import { addArtifactOptions, addTrainingOptions, ARTIFACT_FILES } from "./lib/training_options.ts";
import { warnIfUnmeasured } from "./lib/warn_if_unmeasured.ts";

/** A deployment needs something to serve, so an unmeasured artifact is a warning, not a failure. */
async function build(flags: StartFlags): Promise<void> {
  const training = await ensureArtifact(flags, createReporter(flags));
  if (training) warnIfUnmeasured(training);
}

if (import.meta.main) {
  const command = new Command("deno task build")
    .description(
      "Trains on a shop's events (default: a simulated month) unless there is an artifact already",
    );
  addArtifactOptions(addTrainingOptions(addEventsOptions(command, { required: false })))
    .option("--retrain", "train even if there is an artifact")
    .action(build);
  addWrittenFiles(command, { ...ARTIFACT_FILES, ...SIMULATED_FILES, ...TRAINING_FILES });
  await runTask(command);
}
