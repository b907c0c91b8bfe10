/** `deno task serve`: serves the current artifact over HTTP. */
import { Command } from "commander";
import type { Address } from "../src/service/listen.ts";
import { addWrittenFiles, runTask } from "./lib/cli.ts";
import { addAddressOptions, serveUntilStopped, STORE_FILES } from "./lib/serving.ts";

interface ServeFlags extends Address {
  artifacts: string;
}

if (import.meta.main) {
  const command = new Command("deno task serve")
    .description("Serves the current artifact over HTTP")
    .option("--artifacts <dir>", "folder of the artifacts", "artifacts");
  addAddressOptions(command)
    .action((flags: ServeFlags) => serveUntilStopped(flags.artifacts, flags));
  addWrittenFiles(command, STORE_FILES);
  await runTask(command);
}
