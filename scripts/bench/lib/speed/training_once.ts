/**
 * Trains from raw events to an artifact, with the options of `deno task train`, and prints its
 * figures as JSON.
 */
import { Command } from "commander";
import { addEventsOptions } from "../../../lib/events_options.ts";
import { addEngineOptions, addSumsOption } from "../../../lib/spark/engine_options.ts";
import type { Reporter } from "../../../lib/reporter.ts";
import { runTraining, type TrainFlags } from "../../../lib/run_training.ts";
import { addArtifactOptions, addTrainingOptions } from "../../../lib/training_options.ts";
import { peakBytes } from "../peak_memory.ts";
import { stopwatch } from "../stopwatch.ts";

/** The cost of one training run. */
export interface TrainingRun {
  /** The stages in order, and how long each took, in seconds. */
  readonly stages: readonly { readonly name: string; readonly seconds: number }[];
  /** Wall-clock time of all stages. */
  readonly seconds: number;
  /** CPU time. */
  readonly cpuSeconds: number;
  /** Peak resident memory. */
  readonly peakBytes: number;
}

/** A reporter that prints nothing and records how long each stage takes. */
function recordStages() {
  const stages: { name: string; seconds: number }[] = [];
  let current: { name: string; start: number } | undefined;
  const finish = () => {
    if (current) {
      const seconds = (performance.now() - current.start) / 1000;
      stages.push({ name: current.name, seconds });
    }
    current = undefined;
  };
  const reporter: Reporter = {
    stage(name) {
      finish();
      current = { name, start: performance.now() };
      return () => {};
    },
    log: () => {},
    warn: (line) => console.error(line),
    finish,
  };
  return { reporter, stages };
}

if (import.meta.main) {
  const reading = addSumsOption(addEngineOptions(addEventsOptions(new Command())));
  const command = addArtifactOptions(addTrainingOptions(reading));
  const flags = command.parse(Deno.args, { from: "user" }).opts<TrainFlags>();
  const elapsed = stopwatch();
  const { reporter, stages } = recordStages();
  await runTraining(flags, reporter);
  const { seconds, cpu_seconds } = elapsed();
  const run: TrainingRun = { stages, seconds, cpuSeconds: cpu_seconds, peakBytes: peakBytes() };
  console.log(JSON.stringify(run));
}
