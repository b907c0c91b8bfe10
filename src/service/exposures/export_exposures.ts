import { formatExposures } from "../../experiments/exposures/exposure_log.ts";
import type { EventStore } from "../store/event_store.ts";
import { type ReadingOptions, readUserExposures } from "./exposures_with_outcomes.ts";

/** In characters. */
const CHUNK = 60_000;

/**
 * Writes what users were shown and what came of it as the log that `readExposures()` reads, in
 * chunks of whole lines, by user.
 *
 * @param options `since`: only lists shown then or later; milliseconds since 1970-01-01 UTC.
 *   Default all.
 */
export async function* exportExposures(
  store: EventStore,
  { since = 0, ...reading }: ReadingOptions & { readonly since?: number } = {},
): AsyncGenerator<string> {
  let chunk = "";
  for await (const { lists } of readUserExposures(store, reading)) {
    for (const list of lists) {
      if (list.exposure.at < since) continue;
      chunk += formatExposures(list);
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = "";
    }
  }
  if (chunk !== "") yield chunk;
}
