import type { Command } from "commander";
import { exampleUser } from "../../src/service/recommend/example_user.ts";
import type { Address } from "../../src/service/listen.ts";
import { describeServing, serveArtifact } from "../../src/service/serve.ts";
import {
  settingsFromEnvironment,
  storeFromEnvironment,
} from "../../src/service/settings_from_environment.ts";
import { wholeNumber } from "./cli.ts";

/** Where what comes in is kept unless `KV_PATH` says otherwise. */
export const STORE_FILE = "data/store.kv";

/** Adds the options of every command that ends by serving. */
export function addAddressOptions(command: Command): Command {
  return command
    .option("--host <address>", "address to listen on; 0.0.0.0 lets others in", "127.0.0.1")
    .option("--port <n>", "port to listen on; 0 takes a free one", wholeNumber(0, 65_535), 8000)
    .addHelpText(
      "after",
      `
What comes in is kept in ${STORE_FILE}; KV_PATH names another file, RETENTION_DAYS how long it is kept.
It takes events and changes from who sends one of API_TOKENS (secrets between commas), for example with
  API_TOKENS=$(openssl rand -hex 32)`,
    );
}

/**
 * Serves the current artifact, says where and how to ask it, and ends the process when it is stopped.
 *
 * @throws {InputError} If there is no artifact, it can't be used, or the address can't be listened on.
 */
export async function serveUntilStopped(
  directory: string,
  address: Address,
): Promise<never> {
  const store = storeFromEnvironment(STORE_FILE);
  const serving = await serveArtifact(directory, {
    ...settingsFromEnvironment(),
    ...address,
    store,
  });
  console.log(describeServing(serving));
  console.log(`Try: ${curlLine(serving.url, exampleUser(serving.artifact.interactions))}`);
  console.log("Stop with Ctrl+C");
  await serving.finished;
  Deno.exit(0);
}

/** A command to paste into a shell. */
function curlLine(url: string, userId: string): string {
  const id = encodeURIComponent(userId).replaceAll("'", "%27");
  return `curl '${url}/recommend/${id}?k=10'`;
}
