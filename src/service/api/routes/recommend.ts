import { jsonResponse, revalidatedText, taggedJson } from "../../http/json.ts";
import type { Metrics } from "../../observability/metrics.ts";
import { listOrIds, recommendAnswer } from "../../schema/answers.ts";
import { recommendQuery } from "../../schema/lists.ts";
import { revalidated } from "../content.ts";
import { idsOf, inFormat } from "../list_format.ts";
import type { CachedList } from "../list_cache.ts";
import { listWeight } from "../list_weight.ts";
import { defineRoute } from "../route.ts";

const CACHING = "private, no-cache";

/** The path of users' lists. */
export const RECOMMEND_PATH = "/recommend/{userId}";

/** `GET /recommend/{userId}`: the best products for a user; popular ones for an unknown user. */
export const recommend = defineRoute({
  method: "GET",
  path: RECOMMEND_PATH,
  access: "read",
  summary: "The best products for a user, best first",
  query: recommendQuery,
  answers: revalidated("The list", listOrIds(recommendAnswer), CACHING),
  weigh: ({ query }) => listWeight(query),
  async handle({ request, path: { userId }, query }, { shop, lists, protection }) {
    const { rotate, format, ...options } = query;
    // An explanation shows what the user did, as their history does.
    if (options.explain) protection.requireManager(request);
    const version = shop.version();
    const state = await shop.stateOf(userId);
    // A cached list is answered before tokens are looked at closely.
    const isCacheable = !rotate && !options.explain;
    const cached = isCacheable ? lists.find(request, { state, version }) : undefined;
    if (cached) return answerCached(request, cached, shop.metrics);
    const shown = rotate ? await shop.shownTo(userId) : undefined;
    const list = shop.recommender.recommend(shop.historyOf(userId, state), {
      ...options,
      shown,
      purchased: state?.purchased,
    });
    shop.metrics.listMade(list);
    const answer = inFormat(format, { userId, ...list });
    if (rotate) {
      const isStored = protection.mayManage(request);
      await shop.recordShown(userId, idsOf(list), { isStored });
      return jsonResponse(answer, "no-store");
    }
    const { model, strategy } = list;
    const made = { ...taggedJson(answer), model, strategy, state, version };
    if (isCacheable) lists.add(request, made);
    return revalidatedText(request, made, CACHING);
  },
});

/** Answers with a list from the cache. */
export function answerCached(request: Request, list: CachedList, metrics: Metrics): Response {
  metrics.listMade(list);
  metrics.listCached();
  return revalidatedText(request, list, CACHING);
}
