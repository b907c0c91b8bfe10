import { InputError } from "../../../src/base/input_error.ts";
import type { AnyStoreOptions } from "../../../src/service/open_store.ts";
import { storeFromEnvironment } from "../../../src/service/settings_from_environment.ts";
import { parseStoreUrl } from "../../../src/service/store/postgres/store_url.ts";
import { STORE_FILE } from "../serving.ts";

/** The option that names a store; its value is read by {@linkcode storeFlag}. */
export const STORE_OPTION = "--store [store]";

/**
 * The store that an option names: the URL of a PostgreSQL database, or a file or an address of
 * Deno KV.
 *
 * @param value `true`, the option without a value, means the service's own: that of `STORE_URL` or
 *   `KV_PATH`, and by default `data/store.kv`.
 * @throws {InputError} If there is no such file: an empty store would be made, silently. If the URL
 *   has a password: other users of the machine see it in the list of processes.
 */
export function storeFlag(value: string | true): AnyStoreOptions {
  if (value === true) {
    const options = storeFromEnvironment(STORE_FILE);
    return { ...options, ...(options.url === undefined && placeOf(options.path!)) };
  }
  if (!/^postgres(ql)?:/.test(value)) return placeOf(value);
  if (parseStoreUrl(value).password !== "") {
    throw new InputError(
      "Cannot use --store with a password, which every user of this machine could read in the " +
        "list of processes: set the environment variable STORE_URL, and give --store no value",
    );
  }
  return { url: value };
}

function placeOf(path: string): AnyStoreOptions {
  if (path.includes("://")) return { path };
  try {
    Deno.statSync(path);
  } catch (error) {
    throw new InputError(`Cannot read the store ${path}: ${(error as Error).message}`);
  }
  return { path };
}
