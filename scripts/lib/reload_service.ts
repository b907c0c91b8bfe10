import { InputError } from "../../src/base/input_error.ts";
import { ShopClient } from "../../src/client/mod.ts";

/** The first of `API_TOKENS`, which the service's programs share. */
export function apiToken(): string {
  return (Deno.env.get("API_TOKENS") ?? "").split(",")[0].trim();
}

/**
 * Makes a running service serve the current artifact.
 *
 * @returns What it serves, in a sentence.
 * @throws {InputError} If it can't be reached or refuses.
 */
export async function reloadService(url: string): Promise<string> {
  const client = new ShopClient({ url, token: apiToken() });
  try {
    const { version, previous } = await client.reload();
    return `${url} serves ${version} now, before ${previous}`;
  } catch (error) {
    throw new InputError(
      `Cannot reload ${url}: ${
        (error as Error).message
      }; set API_TOKENS to one of the service's, ` +
        "or send its process SIGHUP",
      { cause: error },
    );
  }
}
