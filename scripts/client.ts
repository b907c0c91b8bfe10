/** `deno task client`: writes the client's types from the rules of the service. */
import { Command } from "commander";
import { writeWhole } from "../src/base/write_whole.ts";
import { addWrittenFiles, runTask } from "./lib/cli.ts";
import { ANSWERS, REQUESTS } from "./lib/client_types/declarations.ts";
import { toTypeScript } from "./lib/client_types/to_typescript.ts";

/** The file that the types are written to. */
export const TYPES_FILE = new URL("../src/client/api_types.ts", import.meta.url).pathname;

if (import.meta.main) {
  const command = new Command("deno task client")
    .description("Writes the client's types; run it after changing the API's rules")
    .action(async () => {
      const text = toTypeScript({ requests: REQUESTS, answers: ANSWERS });
      await writeWhole(TYPES_FILE, (file) => Deno.writeTextFile(file, text));
    });
  addWrittenFiles(command, { "src/client/api_types.ts": "the types" });
  await runTask(command);
}
