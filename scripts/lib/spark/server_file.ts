import { requireCommand } from "../run_command.ts";
import { writeJson } from "../write_json.ts";
import { isRunning, type RunningServer } from "./run_server.ts";

/** The folder of what `spark:up` writes. */
export const SERVER_FOLDER = "data/spark";

/** What the server prints. */
export const SERVER_LOG = `${SERVER_FOLDER}/server.log`;

/** Which server `spark:up` started. */
export const SERVER_FILE = `${SERVER_FOLDER}/server.json`;

/** The server that `spark:up` started, if it still runs. */
export async function readServerFile(): Promise<RunningServer | undefined> {
  const text = await Deno.readTextFile(SERVER_FILE).catch(() => undefined);
  if (text === undefined) return undefined;
  const server = JSON.parse(text) as RunningServer;
  // After a restart of the machine, the number may be another process's.
  return isRunning(server.pid) && await isServer(server) ? server : undefined;
}

/** Remembers a server for `spark:down`. */
export async function writeServerFile(server: RunningServer): Promise<void> {
  await writeJson(SERVER_FILE, server);
}

async function isServer({ pid, master }: RunningServer): Promise<boolean> {
  const args = ["-o", "args=", "-p", String(pid)];
  const command = await requireCommand("look at the server's process", "ps", args);
  const port = master.slice(master.lastIndexOf(":") + 1);
  return /sail|SparkConnectServer/.test(command) && command.includes(port);
}
