import { InputError } from "../../../src/base/input_error.ts";
import type { AnyStoreOptions } from "../../../src/service/open_store.ts";

/**
 * The store that an option names: the URL of a PostgreSQL database, or a file of Deno KV.
 *
 * @throws {InputError} If there is no such file: an empty store would be made, silently.
 */
export function storeFlag(value: string): AnyStoreOptions {
  if (/^postgres(ql)?:/.test(value)) return { url: value };
  if (value.includes("://")) return { path: value };
  try {
    Deno.statSync(value);
  } catch (error) {
    throw new InputError(`Cannot read the store ${value}: ${(error as Error).message}`);
  }
  return { path: value };
}
