/** Writes lists with the options of `deno task batch`, and prints what that cost as JSON. */
import { Command } from "commander";
import { addBatchOptions } from "../../../lib/batch/batch_options.ts";
import { type BatchFlags, type BatchRun, runBatch } from "../../../lib/batch/run_batch.ts";
import { createReporter } from "../../../lib/reporter.ts";
import { peakBytes } from "../peak_memory.ts";
import { stopwatch } from "../stopwatch.ts";

/** The cost of a batch: with the start of the workers and the writing of the file. */
export interface BatchCost {
  /** How many users there are. */
  readonly users: number;
  /** Wall-clock time. */
  readonly seconds: number;
  /** CPU time of all workers. */
  readonly cpuSeconds: number;
  /** Peak resident memory. */
  readonly peakBytes: number;
}

if (import.meta.main) {
  const flags = addBatchOptions(new Command()).parse(Deno.args, { from: "user" })
    .opts<BatchFlags>();
  const elapsed = stopwatch();
  const { users }: BatchRun = await runBatch(flags, createReporter({ quiet: true }));
  const { seconds, cpu_seconds } = elapsed();
  const cost: BatchCost = { users, seconds, cpuSeconds: cpu_seconds, peakBytes: peakBytes() };
  console.log(JSON.stringify(cost));
}
