import { reloadService } from "../reload_service.ts";

/**
 * Makes services serve the current artifact.
 *
 * @param urls Their addresses.
 * @throws {InputError} If one can't; the others were asked as well.
 */
export async function reloadServices(
  urls: readonly string[],
  log: (line: string) => void,
): Promise<void> {
  const results = await Promise.allSettled(urls.map(reloadService));
  for (const result of results) if (result.status === "fulfilled") log(result.value);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}
