import { secondsSince } from "../../../src/base/time.ts";
import { requireCommand } from "../../lib/run_command.ts";

/** What a process reported, and how long it ran. */
export interface MeasuredProcess<Output> {
  /** Its last line of standard output, parsed as JSON. */
  readonly output: Output;
  /** Wall-clock time from start to exit. */
  readonly seconds: number;
}

/**
 * Runs a program to its end and measures it.
 *
 * @throws {InputError} If it fails; the message has its standard error.
 */
export async function measureProcess<Output>(
  program: string,
  args: readonly string[],
): Promise<MeasuredProcess<Output>> {
  const start = performance.now();
  const stdout = await requireCommand("measure", program, args);
  const seconds = secondsSince(start);
  return { output: JSON.parse(stdout.trim().split("\n").at(-1)!), seconds };
}
