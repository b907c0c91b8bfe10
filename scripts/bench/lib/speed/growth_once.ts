/**
 * Walks the whole road in a process of its own, with the options of `deno task train`, and prints what each stretch of it
 * took as JSON.
 */
import process from "node:process";
import { Command } from "commander";
import { addEventsOptions } from "../../../lib/events_options.ts";
import type { Reporter } from "../../../lib/reporter.ts";
import { runTraining, type TrainFlags } from "../../../lib/run_training.ts";
import { addArtifactOptions, addTrainingOptions } from "../../../lib/training_options.ts";
import { stopwatch } from "../stopwatch.ts";

/** What one walk took. */
export interface Walk {
  /** The stages of a training and how long each took, in seconds, in their order. */
  readonly stages: readonly { readonly name: string; readonly seconds: number }[];
  /** From the first stage to the last. */
  readonly seconds: number;
  /** Time of all processors. */
  readonly cpuSeconds: number;
  /** The most memory that the process held at once. */
  readonly peakBytes: number;
}

/** A reporter that says nothing and keeps how long each stage took. */
export function recordStages(now: () => number = () => performance.now()) {
  const stages: { name: string; seconds: number }[] = [];
  let begun: { name: string; start: number } | undefined;
  const finish = () => {
    if (begun) stages.push({ name: begun.name, seconds: (now() - begun.start) / 1000 });
    begun = undefined;
  };
  const reporter: Reporter = {
    stage(name) {
      finish();
      begun = { name, start: now() };
      return () => {};
    },
    log: () => {},
    finish,
  };
  return { reporter, stages };
}

if (import.meta.main) {
  const command = addArtifactOptions(addTrainingOptions(addEventsOptions(new Command())));
  const flags = command.parse(Deno.args, { from: "user" }).opts<TrainFlags>();
  const elapsed = stopwatch();
  const { reporter, stages } = recordStages();
  await runTraining(flags, reporter);
  const { seconds, cpu_seconds } = elapsed();
  const peakBytes = 1024 * process.resourceUsage().maxRSS;
  const walk: Walk = { stages, seconds, cpuSeconds: cpu_seconds, peakBytes };
  console.log(JSON.stringify(walk));
}
