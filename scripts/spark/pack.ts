/** `deno task spark:pack`: writes the files with which a cluster makes lists. */
import { Command } from "commander";
import { addWrittenFiles, runTask } from "../lib/cli.ts";
import { packProgram } from "../lib/spark/pack_program.ts";
import { SERVER_FOLDER } from "../lib/spark/server_file.ts";

const FOLDER = `${SERVER_FOLDER}/files`;

if (import.meta.main) {
  const command = new Command("deno task spark:pack")
    .description(
      "Writes the files with which a cluster's executors make lists, and prints the option that " +
        "starts a Spark server with them; deno task spark:up --real does both itself",
    )
    .action(async () => {
      console.log(`--files ${(await packProgram(FOLDER)).join(",")}`);
    });
  addWrittenFiles(command, { [FOLDER]: "the program in one file, and its kernels" });
  await runTask(command);
}
