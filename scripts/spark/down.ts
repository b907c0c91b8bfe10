/** `deno task spark:down`: stops the server that `spark:up` started. */
import { Command } from "commander";
import { addWrittenFiles, runTask } from "../lib/cli.ts";
import { stopServer } from "../lib/spark/run_server.ts";
import { readServerFile, SERVER_FILE } from "../lib/spark/server_file.ts";

async function down(): Promise<void> {
  const server = await readServerFile();
  if (server === undefined) {
    console.log("No server of deno task spark:up is running");
  } else {
    await stopServer(server.pid);
    console.log(`Stopped the server at ${server.master} (process ${server.pid})`);
  }
  await Deno.remove(SERVER_FILE).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

if (import.meta.main) {
  const command = new Command("deno task spark:down")
    .description("Stops the server that deno task spark:up started, and nothing else")
    .action(down);
  addWrittenFiles(command, { [SERVER_FILE]: "which server runs; removed" });
  await runTask(command);
}
