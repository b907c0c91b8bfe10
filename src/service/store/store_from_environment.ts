import { InputError } from "../../base/input_error.ts";
import type { StoreOptions } from "./event_store.ts";

/**
 * Where to keep what comes in, as the environment says:
 *
 * - `KV_PATH`: a file, made if need be; `:memory:` keeps nothing beyond the process; an address of a Deno KV
 *   elsewhere. Default the platform's own on Deno Deploy, else `path`.
 * - `RETENTION_DAYS`: for how many days events are kept. Default for ever.
 *
 * @throws {InputError} If `RETENTION_DAYS` isn't a number above 0.
 */
export function storeFromEnvironment(path: string): StoreOptions {
  const isOnDeploy = Deno.env.has("DENO_DEPLOYMENT_ID") || Deno.env.has("DENO_DEPLOY");
  return {
    path: Deno.env.get("KV_PATH") || (isOnDeploy ? undefined : path),
    retentionDays: readDays(Deno.env.get("RETENTION_DAYS")),
  };
}

function readDays(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const days = Number(text);
  if (days > 0 && Number.isFinite(days)) return days;
  throw new InputError(`Cannot serve: RETENTION_DAYS must be a number above 0, got "${text}"`);
}
