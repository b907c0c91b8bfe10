import { InputError } from "../../src/base/input_error.ts";

/** How a program ended and what it printed. */
export interface CommandResult {
  /** Whether the program was found and exited with 0. */
  readonly ok: boolean;
  /** Exit code; 127, as in a shell, if there is no such program. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a program. */
export interface CommandOptions {
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Working directory. Default: this process's. */
  readonly cwd?: string | URL;
  /** Text for standard input. Default: none. */
  readonly input?: string;
  /** Called with each line of standard output as it is printed. */
  readonly onLine?: (line: string) => void;
}

/** Runs a program until it exits; a missing program counts as a failure. */
export async function runCommand(
  program: string,
  args: readonly string[],
  { env, cwd, input, onLine }: CommandOptions = {},
): Promise<CommandResult> {
  try {
    await using process = new Deno.Command(program, {
      args: [...args],
      env: { ...env },
      cwd,
      stdin: input === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const [{ success, code }, stdout, stderr] = await Promise.all([
      process.status,
      read(process.stdout, onLine),
      read(process.stderr),
      input !== undefined && write(input, process.stdin),
    ]);
    return { ok: success, code, stdout, stderr };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { ok: false, code: 127, stdout: "", stderr: `${program}: program not found` };
  }
}

/**
 * Runs a program that has to succeed.
 *
 * @param purpose What it is run for, to follow "Cannot": `"set up the peers"`.
 * @returns What it printed on standard output.
 * @throws {InputError} If it fails; the message has the command and its standard error.
 */
export async function requireCommand(
  purpose: string,
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { ok, stdout, stderr } = await runCommand(program, args, options);
  if (ok) return stdout;
  throw new InputError(
    `Cannot ${purpose}: ${[program, ...args].join(" ")} failed:\n${stderr.trim()}`,
  );
}

/** A program that exits before it has read its input closes the pipe; its exit code says why. */
async function write(input: string, stdin: WritableStream<Uint8Array>): Promise<void> {
  await ReadableStream.from([new TextEncoder().encode(input)]).pipeTo(stdin).catch(() => {});
}

async function read(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLine: (line: string) => void = () => {},
): Promise<string> {
  let text = "", lineStart = 0;
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    text += piece;
    for (let end = text.indexOf("\n", lineStart); end >= 0; end = text.indexOf("\n", lineStart)) {
      onLine(text.slice(lineStart, end));
      lineStart = end + 1;
    }
  }
  return text;
}
