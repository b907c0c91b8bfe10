/** `deno task spark:up`: starts a local Spark server for tests and trials. */
import { Command } from "commander";
import { InputError } from "../../src/base/input_error.ts";
import { addWrittenFiles, runTask, wholeNumber } from "../lib/cli.ts";
import { packProgram } from "../lib/spark/pack_program.ts";
import { startServer } from "../lib/spark/run_server.ts";
import {
  readServerFile,
  SERVER_FILE,
  SERVER_FOLDER,
  SERVER_LOG,
  writeServerFile,
} from "../lib/spark/server_file.ts";
import { installServer, SAIL, SPARK } from "../lib/spark/spark_servers.ts";

interface UpFlags {
  real?: boolean;
  port: number;
  executors?: number;
}

async function up({ real, port, executors }: UpFlags): Promise<void> {
  if (executors !== undefined && !real) {
    throw new InputError("Cannot start executors: Sail is one process; add --real for Spark");
  }
  const running = await readServerFile();
  if (running) {
    throw new InputError(
      `Cannot start a server: one is running at ${running.master} (process ${running.pid}); ` +
        "stop it with deno task spark:down",
    );
  }
  const kind = real ? SPARK : SAIL;
  await installServer(kind, console.log);
  await Deno.mkdir(SERVER_FOLDER, { recursive: true });
  const master = executors === undefined ? undefined : `local-cluster[${executors},1,1024]`;
  const files = real ? await packProgram(`${SERVER_FOLDER}/files`) : [];
  const server = await startServer(kind, { port, log: SERVER_LOG, master, files });
  await writeServerFile(server);
  console.log(
    `${kind.name} answers at ${server.master} (process ${server.pid}, log ${SERVER_LOG}); ` +
      "deno task spark:down stops it",
  );
}

if (import.meta.main) {
  const command = new Command("deno task spark:up")
    .description("Starts a local Spark server, installed from PyPI if needed, for tests and trials")
    .option("--real", "Spark itself, which needs Java, instead of Sail")
    .option("--port <n>", "port on this machine's own address", wholeNumber(1024, 65535), 15002)
    .option(
      "--executors <n>",
      "executors in processes of their own, one core and 1 GB each (default: threads)",
      wholeNumber(1, 64),
    )
    .action(up);
  addWrittenFiles(command, {
    [SAIL.folder]: `Sail: ${SAIL.size}`,
    [SPARK.folder]: `Spark: ${SPARK.size}`,
    [`${SERVER_FOLDER}/files`]: "what Spark's executors make lists with",
    [SERVER_FILE]: "which server was started",
    [SERVER_LOG]: "what it prints",
  });
  await runTask(command);
}
