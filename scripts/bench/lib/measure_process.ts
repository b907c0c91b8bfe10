import { InputError } from "../../../src/base/input_error.ts";
import { secondsSince } from "../../../src/base/time.ts";

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
  const seconds = secondsSince(start);
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
