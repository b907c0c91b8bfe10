/** `deno task train`: compares models on events and exports the best as an artifact. */
import { Command } from "commander";
import { addWrittenFiles, runTask } from "./lib/cli.ts";
import { addEventsOptions, TRAINING_FILES } from "./lib/events_options.ts";
import { addEngineOptions, addSumsOption } from "./lib/spark/engine_options.ts";
import { createReporter } from "./lib/reporter.ts";
import { runTraining, type TrainFlags } from "./lib/run_training.ts";
import { addArtifactOptions, addTrainingOptions, ARTIFACT_FILES } from "./lib/training_options.ts";
import { warnIfUnmeasured } from "./lib/warn_if_unmeasured.ts";

/** Exit code of an artifact that was exported without being measured. */
const UNMEASURED = 2;

const EXIT_CODES = `
Exit codes:
  0  the models were compared and an artifact was written
  1  nothing was written: a wrong option, or events that can't be used
  ${UNMEASURED}  an artifact was written, but no user could be measured, so nothing shows
     that its model is any good; the warning says why, and which options help`;

/** Finds out before hours of training what the service would say after them. */
async function requireServedFiles(): Promise<void> {
  const placements = Deno.env.get("PLACEMENTS") || undefined;
  const experiments = Deno.env.get("EXPERIMENTS") || undefined;
  if (placements === undefined && experiments === undefined) return;
  const { requireDefinitions } = await import("./lib/placements/require_definitions.ts");
  await requireDefinitions({ placements, experiments });
}

if (import.meta.main) {
  const command = new Command("deno task train")
    .description("Compares models on a shop's events and exports the best as an artifact");
  addArtifactOptions(addTrainingOptions(addSumsOption(addEngineOptions(addEventsOptions(command)))))
    .option("--collected", "also train on the events that the service collected (see KV_PATH)");
  addWrittenFiles(command, { ...ARTIFACT_FILES, ...TRAINING_FILES })
    .addHelpText("after", EXIT_CODES)
    .action(async (flags: TrainFlags) => {
      await requireServedFiles();
      if (warnIfUnmeasured(await runTraining(flags, createReporter(flags)))) {
        Deno.exitCode = UNMEASURED;
      }
    });
  await runTask(command);
}
