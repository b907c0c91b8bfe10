import { InputError } from "../../../src/base/input_error.ts";

/** What a process printed last, as JSON, and how long it ran. */
export interface MeasuredProcess<Output> {
  readonly output: Output;
  /** From its start to its end. */
  readonly seconds: number;
}

/**
 * Runs a program to its end.
 *
 * @throws {InputError} If it fails; it shows what the program said.
 */
export async function measureProcess<Output>(
  program: string,
  args: readonly string[],
): Promise<MeasuredProcess<Output>> {
  const command = new Deno.Command(program, { args: [...args], stdout: "piped", stderr: "piped" });
  const start = performance.now();
  const { success, stdout, stderr } = await command.output();
  const seconds = (performance.now() - start) / 1000;
  const decoder = new TextDecoder();
  if (!success) {
    throw new InputError(
      `Cannot measure ${program} ${args.join(" ")}: it must end well, it said:\n${
        decoder.decode(stderr).trim()
      }`,
    );
  }
  return { output: JSON.parse(decoder.decode(stdout).trim().split("\n").at(-1)!), seconds };
}

/** The middle one of some figures; of an even number the mean of the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
