import { InputError } from "../base/input_error.ts";

/** What to do about histories that can't be read. */
const REMEDY =
  "see that they are there and can be read, restore them from a copy, or make a new artifact: " +
  "deno task train --events FILE --histories apart";

/** Histories can't be read: their shards are missing, damaged, of another training, or silent. */
export class HistoriesError extends InputError {
  override readonly name = "HistoriesError";
}

/**
 * The error of histories that can't be read from a place.
 *
 * @param place Their folder; of a URL without its query, which may hold a secret.
 */
export function unreadable(place: string, why: string, cause?: unknown): HistoriesError {
  const shown = URL.canParse(place) ? shownUrl(new URL(place)) : place;
  return new HistoriesError(`Cannot read the histories in ${shown}: ${why}; ${REMEDY}`, { cause });
}

function shownUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}
