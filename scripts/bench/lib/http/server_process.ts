import { InputError } from "../../../../src/base/input_error.ts";
import { MS_PER_MINUTE } from "../../../../src/base/time.ts";

/** A server in a process of its own; disposing of it stops it. */
export interface ServerProcess extends AsyncDisposable {
  readonly port: number;
  /** Time from the process's start until it printed its address, in milliseconds. */
  readonly readyMs: number;
  /** Resident memory in bytes. */
  memory(): Promise<number>;
  /** The most resident memory since its start, in bytes. */
  peakMemory(): Promise<number>;
  /** CPU time since its start, in seconds. */
  cpuSeconds(): Promise<number>;
}

/** How to start a server. */
export interface StartOptions {
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Working directory. Default: this process's. */
  readonly cwd?: string;
  /** How long it may take to print its address, in milliseconds. Default a minute. */
  readonly mostMs?: number;
}

const START_MS = MS_PER_MINUTE;

const READ_BYTES = 1 << 17;

/** Clock ticks of Linux, the unit of CPU time in `/proc`. */
const TICKS_PER_SECOND = 100;

/**
 * Starts a server and waits until it prints its address, on standard output or error.
 *
 * @throws {InputError} If it exits before, or takes longer than `mostMs`; the message has what it
 * printed.
 */
export async function startServer(
  program: string,
  args: readonly string[],
  { env = {}, cwd, mostMs = START_MS }: StartOptions = {},
): Promise<ServerProcess> {
  const start = performance.now();
  const process = new Deno.Command(program, {
    args: [...args],
    env: { ...env, NO_COLOR: "1" },
    cwd,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => process.kill("SIGKILL"), mostMs);
  const printed = { text: "" };
  const ports = [process.stdout, process.stderr].map((stream) => readPort(stream, printed));
  const port = await Promise.any(ports).catch(() => undefined);
  clearTimeout(timer);
  if (port === undefined) {
    throw new InputError(
      `Cannot start ${[program, ...args].join(" ")}: it must print its address, it printed:\n` +
        printed.text.trim(),
    );
  }
  const readyMs = performance.now() - start;
  return {
    port,
    readyMs,
    memory: () => statusBytes(process.pid, "VmRSS"),
    peakMemory: () => statusBytes(process.pid, "VmHWM"),
    cpuSeconds: () => cpuSeconds(process.pid),
    async [Symbol.asyncDispose]() {
      process.kill("SIGINT");
      await process.status;
    },
  };
}

/**
 * The port in what a server prints. Keeps reading afterwards, so that the server never blocks on a
 * full pipe, and reuses one buffer, so that reading costs next to no CPU time.
 */
async function readPort(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  printed: { text: string },
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const decoder = new TextDecoder();
  let isFound = false;
  const read = async () => {
    const reader = stream.getReader({ mode: "byob" });
    let buffer = new Uint8Array(READ_BYTES);
    while (true) {
      const { value, done } = await reader.read(buffer);
      if (done) return reject(new Error("the stream ended"));
      if (!isFound) {
        printed.text += decoder.decode(value, { stream: true });
        const [, port] = /http:\/\/[\w.]+:(\d+)/.exec(printed.text) ?? [];
        isFound = port !== undefined;
        if (isFound) resolve(Number(port));
      }
      buffer = new Uint8Array(value.buffer);
    }
  };
  read();
  return await promise;
}

/** Linux only. */
async function statusBytes(pid: number, field: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await readProc(pid, "status");
  const [, kilobytes] = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status) ?? [];
  return 1024 * Number(kilobytes);
}

async function cpuSeconds(pid: number): Promise<number> {
  // The name in parentheses may contain spaces.
  const fields = (await readProc(pid, "stat")).replace(/^.*\) /s, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function readProc(pid: number, file: string): Promise<string> {
  try {
    return await Deno.readTextFile(`/proc/${pid}/${file}`);
  } catch (error) {
    throw new InputError(
      `Cannot measure process ${pid}: this requires Linux, with a readable /proc/${pid}/${file} ` +
        `(${(error as Error).message})`,
      { cause: error },
    );
  }
}
