import { saveArtifact } from "../src/artifact/save.ts";
import type { ArtifactContents } from "../src/artifact/write_contents.ts";
import type { ShopInteractions } from "../src/interactions/interactions.ts";
import { popularity } from "../src/models/popularity.ts";
import { svd } from "../src/models/svd.ts";
import { type CommandResult, runCommand } from "../scripts/lib/run_command.ts";
import { blockInteractions } from "./models/block_data.ts";

const root = new URL("../", import.meta.url);

/** Of every program; its events stay out of the repository's own store. */
const ENVIRONMENT = { NO_COLOR: "1", KV_PATH: ":memory:" };

/** Trains small models on the block pattern and saves them as an artifact. */
export async function saveBlockArtifact(
  folder: string,
  { histories, later = false }: Pick<ArtifactContents, "histories"> & { later?: boolean } = {},
): Promise<void> {
  const { times, ...others } = blockInteractions() as ShopInteractions;
  // A second shop has the events an hour apart from those of the first.
  const interactions = { ...others, times: later ? times.map((time, i) => time + i) : times };
  const options = { factors: 4, epochs: 20 };
  await saveArtifact(folder, {
    interactions,
    histories,
    models: [
      { name: "popularity", options: {}, model: await popularity.fit(interactions) },
      { name: "svd", options, model: await svd.fit(interactions, options) },
    ],
    defaultModel: "svd",
    facts: { sources: ["block pattern"] },
  });
}

/**
 * The environment of a server with its artifacts and store in a folder, on a free port of this
 * machine.
 */
export function environmentIn(folder: string) {
  return {
    ARTIFACTS_DIR: `${folder}/artifacts`,
    HOST: "127.0.0.1",
    PORT: "0",
    KV_PATH: `${folder}/store.kv`,
  };
}

/** A server of this repository in a process of its own; disposing of it kills it. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  /** What it printed until it was ready. */
  readonly output: string;
  /** What it prints on standard error, once it has exited. */
  readonly errors: Promise<string>;
  /** Its address. */
  readonly url: string;
  /**
   * Sends a signal and waits until it exits; kills it after `withinMs`, by default twice what is
   * allowed.
   */
  end(signal: Deno.Signal, withinMs?: number): Promise<Deno.CommandStatus>;
  /** Sends a signal that doesn't stop it. */
  signal(signal: Deno.Signal): void;
}

/** How long a server may take to start. */
const START_MS = 120_000;

/** A server may take five seconds to stop. */
const STOP_MS = 10_000;

/** How a program is started. */
export interface StartOptions {
  env?: Record<string, string>;
  /** Working directory. Default: the repository's root. */
  cwd?: string | URL;
  /** Deno's arguments before the program. Default: `run -A`. */
  flags?: readonly string[];
}

/**
 * Starts a server and waits until it is ready: until it has printed its address, or a line that
 * matches `until`. What it prints later isn't read.
 *
 * @param args The program and its arguments.
 * @throws {Error} If it exits before, or takes more than two minutes; the message has what it
 * printed.
 */
export function startServer(
  args: readonly string[],
  { until, ...options }: StartOptions & { until?: RegExp } = {},
): Promise<Running> {
  return waitUntilServing(command(args, options), { until });
}

/** Like {@linkcode startServer}, for any command. */
export async function waitUntilServing(
  command: Deno.Command,
  { until = /(http:\S+)/ }: { until?: RegExp } = {},
): Promise<Running> {
  const process = command.spawn();
  const kill = () => process.kill("SIGKILL");
  const timer = setTimeout(kill, START_MS);
  const errors = new Response(process.stderr).text();
  let output = "";
  for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (output.endsWith("\n") && until.test(output)) break;
  }
  clearTimeout(timer);
  const url = output.match(/http:\/\/[^\s/]+/)?.[0];
  if (!url) throw new Error(`The server didn't start, it printed: ${output}${await errors}`);
  return {
    pid: process.pid,
    output,
    url,
    errors,
    signal: (signal) => process.kill(signal),
    async end(signal, withinMs = STOP_MS) {
      const timer = setTimeout(kill, withinMs);
      process.kill(signal);
      await errors;
      clearTimeout(timer);
      return process.status;
    },
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}

/** Runs a program of this repository until it exits. */
export function runToEnd(
  [program, ...args]: readonly string[],
  { env, cwd = root }: Omit<StartOptions, "flags"> = {},
): Promise<CommandResult> {
  return runCommand(Deno.execPath(), ["run", "-A", new URL(program, root).pathname, ...args], {
    env: { ...ENVIRONMENT, ...env },
    cwd,
  });
}

/** A command that runs a program of this repository; its output is piped. */
export function command(
  args: readonly string[],
  { flags = ["run", "-A"], ...options }: StartOptions = {},
): Deno.Command {
  const [program, ...rest] = args;
  return denoCommand([...flags, new URL(program, root).pathname, ...rest], options);
}

/** A command that runs Deno; its output is piped. */
export function denoCommand(
  args: readonly string[],
  { env, cwd = root }: Omit<StartOptions, "flags"> = {},
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { ...ENVIRONMENT, ...env },
    cwd,
    stdout: "piped",
    stderr: "piped",
  });
}
