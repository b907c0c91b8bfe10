/** `deno task test:spark`: runs the tests of the Spark engine on Spark itself. */
import { Command } from "commander";
import { addWrittenFiles, runTask } from "../lib/cli.ts";
import { runCommand } from "../lib/run_command.ts";
import { freePort } from "../lib/spark/free_port.ts";
import { startServer, stopServer } from "../lib/spark/run_server.ts";
import { SERVER_FOLDER } from "../lib/spark/server_file.ts";
import { installServer, SPARK } from "../lib/spark/spark_servers.ts";
import { InputError } from "../../src/base/input_error.ts";

const LOG = `${SERVER_FOLDER}/test.log`;

async function test(): Promise<void> {
  try {
    await installServer(SPARK, console.error);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(`The tests on Spark itself are left out: ${error.message}`);
    return;
  }
  await Deno.mkdir(SERVER_FOLDER, { recursive: true });
  const { pid, master } = await startServer(SPARK, { port: freePort(), log: LOG });
  const stop = () => void stopServer(pid).then(() => Deno.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  try {
    console.error(`Spark answers at ${master}`);
    const { ok, stdout, stderr } = await runCommand(
      Deno.execPath(),
      ["test", "-A", "--no-check", "tests/spark"],
      { env: { SPARK_MASTER: master }, onLine: console.log },
    );
    if (ok) return;
    if (stdout === "") console.error(stderr);
    Deno.exitCode = 1;
  } finally {
    await stopServer(pid);
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, stop);
  }
}

if (import.meta.main) {
  const command = new Command("deno task test:spark")
    .description(
      "Runs the tests of the Spark engine on Spark itself, installed from PyPI if needed; " +
        "they are left out, with the reason, if it can't be",
    )
    .action(test);
  addWrittenFiles(command, {
    [SPARK.folder]: `Spark: ${SPARK.size}`,
    [LOG]: "what the server prints",
  });
  await runTask(command);
}
