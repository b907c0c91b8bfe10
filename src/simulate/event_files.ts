import { join, resolve } from "node:path";
import type { Progress } from "../base/progress.ts";
import { type SimulationOptions, writeSimulation } from "./mod.ts";

/** Where events come from, and where they go if they must be simulated. */
export interface EventFilesOptions {
  /** A path or a glob pattern of the shop's own events; where it is missing or empty, they are simulated. */
  readonly own?: string;
  /** What a relative path begins at; default: the folder in which the command was typed. */
  readonly from?: string;
  /** The folder for simulated events; it is made if need be. */
  readonly folder: string;
  /** What to simulate; default: a month of 300,000 events. */
  readonly simulation?: SimulationOptions;
  readonly progress?: Progress;
}

/**
 * The files to analyse: the shop's own events where they are given, else a simulated month, written anew so that
 * it is always the same.
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

/** A notebook's kernel runs in the notebook's folder; the shell's is still in the environment. */
function startFolder(): string {
  return Deno.env.get("PWD") ?? Deno.cwd();
}
