import { type SimulationOptions, writeSimulation } from "../../../src/simulate/mod.ts";
import type { Reporter } from "../../lib/reporter.ts";

/**
 * Simulates events into a file unless it exists. The file is kept: simulating a large one takes
 * about as long as the benchmark.
 */
export async function simulatedFile(
  file: string,
  options: SimulationOptions,
  reporter: Reporter,
): Promise<string> {
  if (await Deno.stat(file).then(() => true, () => false)) return file;
  await writeSimulation(file, options, reporter.stage(`Simulating ${file}`));
  return file;
}
