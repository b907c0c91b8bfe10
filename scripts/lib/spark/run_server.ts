import process from "node:process";
import { openSession } from "../../../src/spark/connect/session.ts";
import { readServerAddress } from "../../../src/spark/connect/server_address.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { requireCommand } from "../run_command.ts";
import { type SparkServerKind, startCommand } from "./spark_servers.ts";

/** A server that runs in the background. */
export interface RunningServer {
  readonly pid: number;
  /** Its address, for `--master`. */
  readonly master: string;
}

/** The exit code of a program that a signal ended. */
const INTERRUPTED = 130;

const ENDING = ["SIGINT", "SIGTERM"] as const;

/** How long to wait between two looks at a starting server, in milliseconds. */
const LOOK_EVERY_MS = 200;

/** How a server is started. */
export interface ServerOptions {
  /** Of this machine's own address. */
  readonly port: number;
  /** The file that receives what it prints. */
  readonly log: string;
  /** Spark's own, like `local[2]`. Default: all cores. */
  readonly master?: string;
  /** Files that Spark's executors get. */
  readonly files?: readonly string[];
}

/**
 * Starts an installed server in the background and waits until it answers.
 *
 * @throws {InputError} If it stops or doesn't answer; the message has its last lines.
 */
export async function startServer(
  kind: SparkServerKind,
  options: ServerOptions,
): Promise<RunningServer> {
  const server = await launch(kind, options);
  await untilItAnswers(server, kind, options);
  return server;
}

/**
 * Does something with a server of its own, which ends with it, also if Ctrl-C or SIGTERM ends this
 * program.
 *
 * @param use Is given the server's address, for `--master`.
 * @throws {InputError} As {@linkcode startServer} does.
 */
export async function withServer<Result>(
  kind: SparkServerKind,
  options: ServerOptions,
  use: (master: string) => Promise<Result>,
): Promise<Result> {
  const server = await launch(kind, options);
  const stop = () => void stopServer(server.pid).then(() => Deno.exit(INTERRUPTED));
  for (const signal of ENDING) Deno.addSignalListener(signal, stop);
  try {
    await untilItAnswers(server, kind, options);
    return await use(server.master);
  } finally {
    await stopServer(server.pid);
    for (const signal of ENDING) Deno.removeSignalListener(signal, stop);
  }
}

async function launch(
  kind: SparkServerKind,
  { log, ...options }: ServerOptions,
): Promise<RunningServer> {
  const { port } = options;
  if (await answers(port)) {
    throw new InputError(
      `Cannot start ${kind.name} on port ${port}: another program listens there; choose a --port`,
    );
  }
  const { program, args, env } = startCommand(kind, options);
  // The shell exits at once, so the server outlives this process.
  const script = 'log=$1; shift; nohup "$@" >"$log" 2>&1 </dev/null & echo $!';
  const pid = Number(
    await requireCommand(`start ${kind.name}`, "sh", ["-c", script, "sh", log, program, ...args], {
      env,
    }),
  );
  return { pid, master: `sc://127.0.0.1:${port}` };
}

async function untilItAnswers(
  { pid, master }: RunningServer,
  kind: SparkServerKind,
  { port, log }: ServerOptions,
): Promise<void> {
  const deadline = performance.now() + kind.startMs;
  while (!await answers(port)) {
    const isGone = !isRunning(pid);
    if (!isGone && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      continue;
    }
    if (!isGone) Deno.kill(pid, "SIGTERM");
    const lines = (await Deno.readTextFile(log)).trim().split("\n").slice(-5).join("\n  ");
    throw new InputError(
      `Cannot start ${kind.name} on port ${port}: it ${
        isGone ? "stopped" : `didn't answer within ${kind.startMs / 1000} s`
      }. Its last lines (${log}):\n  ${lines}`,
    );
  }
  await using _ = await openSession(readServerAddress(master));
}

/** Ends a server and waits until it is gone. */
export async function stopServer(pid: number): Promise<void> {
  if (!isRunning(pid)) return;
  Deno.kill(pid, "SIGTERM");
  for (let looks = 0; isRunning(pid); looks++) {
    if (looks === 50) Deno.kill(pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Whether a process runs. */
export function isRunning(pid: number): boolean {
  try {
    // The signal 0 only asks; a child that has ended but wasn't waited for counts as running.
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}
