import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { measureProcess } from "../measure_process.ts";
import type { TrainingRun } from "./training_once.ts";

const ONCE = new URL("./training_once.ts", import.meta.url).pathname;

/** What is trained. */
export interface Trained {
  /** The path of the events. */
  readonly file: string;
  /** The names of the models, with commas. */
  readonly models: string;
}

/**
 * Trains from raw events to an artifact that is removed, without a cache, in a process of its own.
 *
 * @param options Further options of `deno task train`.
 */
export async function trainOnce(
  { file, models }: Trained,
  options: readonly string[] = [],
): Promise<TrainingRun> {
  using artifacts = new TempFolder();
  const { output } = await measureProcess<TrainingRun>(Deno.execPath(), [
    ...["run", "-A", ONCE, "--events", file, "--artifacts", artifacts.path],
    ...["--models", models, "--no-cache", ...options],
  ]);
  return output;
}
