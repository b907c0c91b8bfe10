import { saveArtifact } from "../src/artifact/save.ts";
import type { ShopInteractions } from "../src/interactions/interactions.ts";
import { popularity } from "../src/models/popularity.ts";
import { svd } from "../src/models/svd.ts";
import { blockInteractions } from "./models/block_data.ts";

const root = new URL("../", import.meta.url);

/** Trains small models on the block pattern and saves them as an artifact. */
export async function saveBlockArtifact(folder: string): Promise<void> {
  const interactions = blockInteractions() as ShopInteractions;
  const options = { factors: 4, epochs: 20 };
  await saveArtifact(folder, {
    interactions,
    models: [
      { name: "popularity", options: {}, model: await popularity.fit(interactions) },
      { name: "svd", options, model: await svd.fit(interactions, options) },
    ],
    defaultModel: "svd",
    facts: { sources: ["block pattern"] },
  });
}

/** The settings of a server whose artifacts and store are in a folder, on any free port of this machine. */
export function environmentIn(folder: string) {
  return {
    ARTIFACTS_DIR: `${folder}/artifacts`,
    HOST: "127.0.0.1",
    PORT: "0",
    KV_PATH: `${folder}/store.kv`,
  };
}

/** A program of this repository that runs as a process of its own; disposing of it kills it. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  /** What it printed until it named its address. */
  readonly output: string;
  /** Where it serves. */
  readonly url: string;
  /** Sends a signal and waits for the end; kills it if that takes longer, by default twice what is allowed. */
  end(signal: Deno.Signal, withinMs?: number): Promise<Deno.CommandStatus>;
  /** Sends a signal that doesn't end it. */
  signal(signal: Deno.Signal): void;
}

/** A server that hasn't said where it serves by then never will. */
const START_MS = 120_000;

/** A server may take five seconds to stop. */
const STOP_MS = 10_000;

/** How a program is started. */
export interface StartOptions {
  env?: Record<string, string>;
  /** Default the repository. */
  cwd?: string | URL;
  /** What goes before the program. Default `run -A`. */
  flags?: readonly string[];
}

/**
 * Starts a server and waits until it has printed where it serves.
 *
 * @param args The program and its arguments.
 * @throws {Error} If it ends without having done so, or takes more than two minutes; with what it printed.
 */
export function startServer(
  args: readonly string[],
  { until, ...options }: StartOptions & { until?: RegExp } = {},
): Promise<Running> {
  return waitUntilServing(command(args, options), { until });
}

/** As {@linkcode startServer}, by any command. */
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
  if (!url) throw new Error(`The server doesn't serve, it printed: ${output}${await errors}`);
  return {
    pid: process.pid,
    output,
    url,
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

/** Runs a program that is expected to end by itself. */
export async function runToEnd(
  args: readonly string[],
  options: { env?: Record<string, string> } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await command(args, { ...options, cwd: root }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** A program of this repository with its arguments, to be started; what it prints can be read. */
export function command(
  args: readonly string[],
  { flags = ["run", "-A"], ...options }: StartOptions = {},
): Deno.Command {
  const [program, ...rest] = args;
  return denoCommand([...flags, new URL(program, root).pathname, ...rest], options);
}

/** Deno with any arguments, to be started; what it prints can be read. */
export function denoCommand(
  args: readonly string[],
  { env, cwd = root }: Omit<StartOptions, "flags"> = {},
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [...args],
    // What comes in stays out of this repository's own store.
    env: { NO_COLOR: "1", KV_PATH: ":memory:", ...env },
    cwd,
    stdout: "piped",
    stderr: "piped",
  });
}
