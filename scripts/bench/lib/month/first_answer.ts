import { join } from "node:path";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { secondsSince } from "../../../../src/base/time.ts";
import { startServer } from "../http/server_process.ts";
import type { Measured } from "../http/service_rows.ts";

const ROOT = new URL("../../../../", import.meta.url).pathname;

/** What a fresh clone contains that `deno task start` needs. */
const PARTS = ["deno.json", "deno.lock", "scripts", "src"];

const MEGABYTE = 1024 * 1024;

/** How long training may take before the service answers. */
const MOST_MS = 30 * 60_000;

/**
 * Measures the README's first command in a copy of the project without events, artifacts, packages
 * or caches of its own: from its start to the first list. Packages come from the cache of Deno,
 * type checks don't run.
 */
export async function measureFirstAnswer(): Promise<Measured> {
  using folder = new TempFolder();
  for (const part of PARTS) await copy(join(ROOT, part), join(folder.path, part));
  const start = performance.now();
  await using server = await startServer(Deno.execPath(), [
    ...["run", "-A", "scripts/start.ts", "--port", "0", "--quiet"],
  ], { cwd: folder.path, env: { HOST: "127.0.0.1", KV_PATH: ":memory:" }, mostMs: MOST_MS });
  const response = await fetch(`http://127.0.0.1:${server.port}/recommend/newcomer`);
  await response.body?.cancel();
  if (response.status !== 200) {
    throw new InputError(`Cannot measure the first answer: its status is ${response.status}`);
  }
  const seconds = secondsSince(start);
  return {
    name: "deno task start in a fresh clone, to the first answer",
    figures: {
      seconds,
      cpu_seconds: await server.cpuSeconds(),
      peak_mb: await server.peakMemory() / MEGABYTE,
    },
  };
}

async function copy(from: string, to: string): Promise<void> {
  if (!(await Deno.stat(from)).isDirectory) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(join(from, name), join(to, name));
}
