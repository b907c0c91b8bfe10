import { z } from "zod";
import { idsAnswer, recommendAnswer } from "../schema/answers.ts";
import { jsonResponse, revalidatedText, taggedJson } from "../../http/json.ts";
import type { KeptList, KeptLists } from "../kept_lists.ts";
import { listParameters } from "../schema/list_options.ts";
import type { Metrics } from "../../observability/metrics.ts";
import { json, revalidated, type Route } from "../route.ts";
import { idRule } from "../schema/rules.ts";
import type { Shop } from "../../recommend/shop.ts";

const CACHING = "private, no-cache";

/** Where users' lists are. */
export const RECOMMEND_PATH = "/recommend/{userId}";

/** `GET /recommend/{userId}`: the best products for a user, or what is popular where nothing is known of him. */
export function recommendRoute(shop: Shop, lists: KeptLists): Route {
  const pathParameters = z.object({ userId: idRule });
  const query = listParameters(shop.artifact);
  const route: Route<typeof pathParameters, typeof query> = {
    method: "GET",
    path: RECOMMEND_PATH,
    access: "read",
    summary: "The best products for a user, best first",
    pathParameters,
    query,
    answers: revalidated(json("The list", z.union([recommendAnswer, idsAnswer]))),
    async handle({ request, path: { userId }, query: { rotate, format, ...wanted } }) {
      const version = shop.version();
      const state = await shop.stateOf(userId);
      const kept = rotate ? undefined : lists.find(request, { state, version });
      if (kept) return answerKept(request, kept, shop.metrics);
      const shown = rotate ? await shop.shownTo(userId) : undefined;
      const history = shop.historyOf(userId, state);
      const list = shop.recommender.recommend(history, { ...wanted, shown });
      shop.metrics.listMade(list);
      const ids = list.items.map(({ productId }) => productId);
      const answer = format === "ids" ? ids : { userId, ...list };
      if (rotate) {
        await shop.recordShown(userId, ids);
        return jsonResponse(answer, "no-store");
      }
      const { model, strategy } = list;
      const made = { ...taggedJson(answer), model, strategy, state, version };
      lists.keep(request, made);
      return revalidatedText(request, made, CACHING);
    },
  };
  return route;
}

/** Answers once more with a list that is kept. */
export function answerKept(request: Request, list: KeptList, metrics: Metrics): Response {
  metrics.listMade(list);
  metrics.listKept();
  return revalidatedText(request, list, CACHING);
}
