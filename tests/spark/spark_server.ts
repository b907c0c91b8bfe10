/** The Spark server that tests use: the one at `SPARK_MASTER`, or Sail, installed if needed. */
import { InputError } from "../../src/base/input_error.ts";
import { freePort } from "../../scripts/lib/spark/free_port.ts";
import { isRunning, startServer } from "../../scripts/lib/spark/run_server.ts";
import { installServer, SAIL } from "../../scripts/lib/spark/spark_servers.ts";

/** The processes of the servers that the tests of this file started. */
const pids = new Map<string, number>();

/** Where it listens; missing, with a line that says why, if there is none. */
export const master: string | undefined = Deno.env.get("SPARK_MASTER") ?? await startSail();

/** Whether it is Spark itself, which takes seconds for each query. */
export const isSpark = Deno.env.has("SPARK_MASTER");

/** For tests that need a server. */
export const needsServer = { ignore: master === undefined };

/** For tests that are left out on Spark itself. */
export const needsSail = { ignore: master === undefined || isSpark };

async function startSail(): Promise<string | undefined> {
  try {
    await installServer(SAIL, console.error);
    return await startOwnServer();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(`Tests on a Spark server are left out: ${error.message}`);
  }
}

/** Starts a server that ends with the tests of this file. */
export async function startOwnServer(): Promise<string> {
  const log = await Deno.makeTempFile({ suffix: ".log" });
  const { master, pid } = await startServer(SAIL, { port: freePort(), log });
  addEventListener("unload", () => {
    if (isRunning(pid)) Deno.kill(pid, "SIGKILL");
    Deno.removeSync(log);
  });
  pids.set(master, pid);
  return master;
}

/** Kills a server of {@linkcode startOwnServer} at once. */
export function killServer(master: string): void {
  Deno.kill(pids.get(master)!, "SIGKILL");
}
