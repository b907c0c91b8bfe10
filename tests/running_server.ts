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

/** A program of this repository that runs as a process of its own. */
export interface Running {
  /** What it printed until it named its address. */
  readonly output: string;
  /** Where it serves. */
  readonly url: string;
  /** Sends a signal and waits for the end. */
  end(signal: Deno.Signal): Promise<Deno.CommandStatus>;
}

/**
 * Starts a server and waits until it says where it serves.
 *
 * @param args The program and its arguments.
 * @param channel Where it says so.
 */
export async function startServer(
  args: readonly string[],
  { env, cwd = root, channel = "stdout", until = /(http:\S+)/ }: {
    env?: Record<string, string>;
    cwd?: string | URL;
    channel?: "stdout" | "stderr";
    until?: RegExp;
  } = {},
): Promise<Running> {
  const process = command(args, { env, cwd }).spawn();
  const other = channel === "stdout" ? process.stderr : process.stdout;
  other.pipeTo(new WritableStream());
  let output = "";
  for await (const text of process[channel].pipeThrough(new TextDecoderStream())) {
    output += text;
    if (output.endsWith("\n") && until.test(output)) break;
  }
  const url = output.match(/http:\/\/[^\s/]+/)?.[0] ?? "";
  return {
    output,
    url,
    end(signal) {
      process.kill(signal);
      return process.status;
    },
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

function command(
  args: readonly string[],
  { env, cwd }: { env?: Record<string, string>; cwd: string | URL },
): Deno.Command {
  const [program, ...rest] = args;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL(program, root).pathname, ...rest],
    env: { NO_COLOR: "1", ...env },
    cwd,
    stdout: "piped",
    stderr: "piped",
  });
}
