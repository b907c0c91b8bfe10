import { InputError } from "../../../../src/base/input_error.ts";
import { MS_PER_MINUTE } from "../../../../src/base/time.ts";

/** A server that runs as a process of its own; disposing of it ends it. */
export interface ServerProcess extends AsyncDisposable {
  readonly port: number;
  /** From the process's start until it said where it serves, in milliseconds. */
  readonly readyMs: number;
  /** Resident memory in bytes. */
  memory(): Promise<number>;
  /** Time of all processors so far, in seconds. */
  cpuSeconds(): Promise<number>;
  signal(signal: Deno.Signal): void;
}

/** A server that hasn't said where it serves by then never will. */
const START_MS = MS_PER_MINUTE;

const READ_BYTES = 1 << 17;

/** Of Linux's own clock for processes. */
const TICKS_PER_SECOND = 100;

/**
 * Starts a server and waits until it says where it serves, on standard output or error.
 *
 * @throws {InputError} If it ends before, or doesn't within a minute; shows what it said.
 */
export async function startServer(
  program: string,
  args: readonly string[],
  { env = {} }: { env?: Readonly<Record<string, string>> } = {},
): Promise<ServerProcess> {
  const start = performance.now();
  const process = new Deno.Command(program, {
    args: [...args],
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => process.kill("SIGKILL"), START_MS);
  const said = { text: "" };
  const ports = [process.stdout, process.stderr].map((stream) => portSaidIn(stream, said));
  const port = await Promise.any(ports).catch(() => undefined);
  clearTimeout(timer);
  if (port === undefined) {
    throw new InputError(
      `Cannot start ${program} ${
        args.join(" ")
      }: it must say where it serves, it said:\n${said.text.trim()}`,
    );
  }
  const readyMs = performance.now() - start;
  return {
    port,
    readyMs,
    memory: () => residentBytes(process.pid),
    cpuSeconds: () => cpuSeconds(process.pid),
    signal: (signal) => process.kill(signal),
    async [Symbol.asyncDispose]() {
      process.kill("SIGINT");
      await process.status;
    },
  };
}

/**
 * Reads on to the end, so that the process never waits for whoever reads, into the same memory again and again, so
 * that reading takes next to nothing of what the server may have.
 */
async function portSaidIn(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  said: { text: string },
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const decoder = new TextDecoder();
  let isFound = false;
  const read = async () => {
    const reader = stream.getReader({ mode: "byob" });
    let buffer = new Uint8Array(READ_BYTES);
    while (true) {
      const { value, done } = await reader.read(buffer);
      if (done) return reject(new Error("it ended"));
      if (!isFound) {
        said.text += decoder.decode(value, { stream: true });
        const [, port] = /http:\/\/[\w.]+:(\d+)/.exec(said.text) ?? [];
        isFound = port !== undefined;
        if (isFound) resolve(Number(port));
      }
      buffer = new Uint8Array(value.buffer);
    }
  };
  read();
  return await promise;
}

/** Of a process of Linux's. */
async function residentBytes(pid: number): Promise<number> {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readProc(pid, "status")) ?? [];
  return 1024 * Number(kilobytes);
}

async function cpuSeconds(pid: number): Promise<number> {
  // The name in brackets may hold spaces.
  const fields = (await readProc(pid, "stat")).replace(/^.*\) /s, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function readProc(pid: number, file: string): Promise<string> {
  try {
    return await Deno.readTextFile(`/proc/${pid}/${file}`);
  } catch (error) {
    throw new InputError(
      `Cannot measure process ${pid}: /proc/${pid}/${file} must be there, as on Linux ` +
        `(${(error as Error).message})`,
      { cause: error },
    );
  }
}
