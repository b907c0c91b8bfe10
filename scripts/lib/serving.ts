import type { Command } from "commander";
import { InputError } from "../../src/base/input_error.ts";
import { type Address, requireAddress } from "../../src/service/listen.ts";
import { Protection } from "../../src/service/protection/protection.ts";
import { openStore } from "../../src/service/open_store.ts";
import { StoreError } from "../../src/service/store/store_error.ts";
import { describeServing, serveArtifact } from "../../src/service/serve.ts";
import {
  settingsFromEnvironment,
  storeFromEnvironment,
} from "../../src/service/settings_from_environment.ts";
import { createPages } from "../../src/pages/mod.ts";
import { wholeNumber, type WrittenFiles } from "./cli.ts";
import { requireDefinitions } from "./placements/require_definitions.ts";

/** The store, unless `KV_PATH` is set. */
export const STORE_FILE = "data/store.kv";

/** What serving writes, for the commands' help. */
export const STORE_FILES: WrittenFiles = {
  [STORE_FILE]: "events and changes, unless KV_PATH is set",
};

/** Adds the options of every command that serves. */
export function addAddressOptions(command: Command): Command {
  return command
    .option("--host <address>", "address to listen on; 0.0.0.0 accepts other machines", "127.0.0.1")
    .option("--port <n>", "port to listen on; 0 picks a free one", wholeNumber(0, 65_535), 8000)
    .addHelpText(
      "after",
      `
Settings are environment variables: API_TOKENS (comma-separated secrets; clients
send one to store events), KV_PATH, RETENTION_DAYS (how long events are kept)
and those in docs/operations.md. For example:
  export API_TOKENS=$(openssl rand -hex 32)`,
    );
}

/**
 * Checks what serving needs, before a training: the settings and the files that they name, the
 * store and the address.
 *
 * @throws {InputError} If a setting breaks its rule, a file is wrong, the store can't be opened, or
 *   the address is unavailable.
 */
export async function requireServable(address: Address): Promise<void> {
  const settings = settingsFromEnvironment();
  new Protection(settings.protection);
  await requireDefinitions(settings);
  requireAddress(address);
  try {
    (await openStore(storeFromEnvironment(STORE_FILE)))[Symbol.dispose]();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new InputError(
      `${error.message}; set KV_PATH to a file that can be written, or STORE_URL`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Serves the current artifact, prints the address and a request to try, and exits the process when
 * it is stopped.
 *
 * @throws {InputError} If there is no artifact, it can't be loaded, or the address is unavailable.
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
    makePages: createPages,
  });
  console.log(describeServing(serving));
  const [example] = serving.artifact.interactions.histories.examples;
  console.log(`Try: ${curlLine(serving.url, example)}`);
  console.log("Stop with Ctrl+C");
  await serving.finished;
  Deno.exit(0);
}

/** A request to paste into a shell. */
function curlLine(url: string, userId: string): string {
  const id = encodeURIComponent(userId).replaceAll("'", "%27");
  return `curl '${url}/recommend/${id}?k=10'`;
}
