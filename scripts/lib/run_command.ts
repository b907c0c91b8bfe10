/** How a program ended. */
export interface CommandResult {
  /** Whether it was there and ended with 0. */
  readonly ok: boolean;
  /** What it wrote, to standard output and error. */
  readonly output: string;
}

/** Runs a program to its end; one that isn't there has failed. */
export async function runCommand(
  program: string,
  args: readonly string[],
  { env }: { env?: Readonly<Record<string, string>> } = {},
): Promise<CommandResult> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      env: { ...env },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { ok: success, output: decoder.decode(stdout) + decoder.decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return { ok: false, output: `there is no program ${program}` };
    }
    throw error;
  }
}
