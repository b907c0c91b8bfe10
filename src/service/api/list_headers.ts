import type { Unread } from "../recommend/shop.ts";

/** The header of a list's answer that has its id. */
export const LIST_ID = "x-list-id";

/** The header of a list's answer that names what couldn't be read for it. */
export const UNAVAILABLE = "x-unavailable";

/** What the headers of lists mean, by name. */
export const LIST_HEADERS: Readonly<Record<string, string>> = {
  [LIST_ID]: "The list's id, for impressions and events; there if the service stores what users " +
    "are shown",
  [UNAVAILABLE]: "There if the list isn't made from all that the user did: `store`, `histories` " +
    "or both, separated by a comma; with `format=ids` as well",
};

/** Names in a header what couldn't be read for a list: an answer of ids says it nowhere else. */
export function withUnread(response: Response, unread: Unread): Response {
  const names = Object.keys(unread);
  if (names.length > 0) response.headers.set(UNAVAILABLE, names.join(", "));
  return response;
}
