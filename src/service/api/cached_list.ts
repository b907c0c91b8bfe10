import { revalidatedText, taggedJson } from "../http/json.ts";
import type { CachedList } from "./list_cache.ts";
import { withUnread } from "./list_headers.ts";
import { type ApiContext, withListId } from "./route.ts";
import type { UserList } from "./user_list.ts";

/** `Cache-Control` of lists. */
export const LIST_CACHING = "private, no-cache";

/**
 * A list that was made, as it is cached and answered.
 *
 * @param options `route`: the path of the route. The rest: see {@linkcode CachedList}.
 */
export function cachedList(
  { list: { model, strategy }, answer, ...made }:
    & Pick<UserList, "list" | "until" | "placed" | "shown" | "unread">
    & { readonly answer: unknown },
  options: Pick<CachedList, "route" | "state" | "version">,
): CachedList {
  const { until, placed, shown, unread } = made;
  return { ...taggedJson(answer), model, strategy, until, placed, shown, unread, ...options };
}

/** Answers with a list that was made and counted just now, and gives it an id. */
export function answerMade(
  request: Request,
  list: CachedList,
  { exposures }: Pick<ApiContext, "exposures">,
): Response {
  const response = revalidatedText(request, list, LIST_CACHING);
  return withUnread(withListId(response, list.shown, exposures), list.unread);
}

/** Counts a list from the cache, and answers with it. */
export function answerCached(
  request: Request,
  list: CachedList,
  context: Pick<ApiContext, "shop" | "exposures">,
): Response {
  const { shop: { metrics } } = context;
  metrics.listMade(list);
  metrics.listCached();
  if (list.placed) metrics.placementListMade(list.placed);
  return answerMade(request, list, context);
}
