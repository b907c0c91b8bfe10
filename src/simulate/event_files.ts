import { join, resolve } from "node:path";
import type { Progress } from "../base/progress.ts";
import { type SimulationOptions, writeSimulation } from "./mod.ts";

/** Where events come from, and where simulated ones are written. */
export interface EventFilesOptions {
  /** Path or glob pattern of the shop's own events; if missing or empty, events are simulated. */
  readonly own?: string;
  /** The base of relative paths. Default: the folder the command was started in. */
  readonly from?: string;
  /** The folder for simulated events; created if missing. */
  readonly folder: string;
  /** What to simulate. Default: a month of 300,000 events. */
  readonly simulation?: SimulationOptions;
  readonly progress?: Progress;
}

/**
 * The files to analyse: the shop's own events if given, else a simulated month, which is rewritten
 * every time so that it is always the same.
 *
 * @throws {InputError} If the simulated month can't be written.
 */
export async function eventFiles(
  { own, from = startFolder(), folder, simulation, progress }: EventFilesOptions,
): Promise<string[]> {
  if (own) return [resolve(from, own)];
  const file = join(folder, "simulated.csv");
  await Deno.mkdir(folder, { recursive: true });
  await writeSimulation(file, simulation, progress);
  return [file];
}

/** A notebook's kernel runs in the notebook's folder; the shell's folder is in the environment. */
function startFolder(): string {
  return Deno.env.get("PWD") ?? Deno.cwd();
}
