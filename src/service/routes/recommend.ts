import { z } from "zod";
import { idsAnswer, recommendAnswer } from "../answers.ts";
import { jsonResponse, revalidatedJson } from "../json.ts";
import { listParameters } from "../list_options.ts";
import { json, type Route } from "../route.ts";
import { idRule } from "../rules.ts";
import type { Shop } from "../shop.ts";

/** `GET /recommend/{userId}`: the best products for a user, or what is popular where nothing is known of him. */
export function recommendRoute(shop: Shop): Route {
  const pathParameters = z.object({ userId: idRule });
  const query = listParameters(shop.artifact);
  const route: Route<typeof pathParameters, typeof query> = {
    method: "GET",
    path: "/recommend/{userId}",
    access: "read",
    summary: "The best products for a user, best first",
    pathParameters,
    query,
    answers: { 200: json("The list", z.union([recommendAnswer, idsAnswer])) },
    async handle({ request, path: { userId }, query: { rotate, format, ...wanted } }) {
      const history = await shop.historyOf(userId);
      const shown = rotate ? await shop.shownTo(userId) : undefined;
      const list = shop.recommender.recommend(history, { ...wanted, shown });
      shop.metrics.listMade(list);
      const ids = list.items.map(({ productId }) => productId);
      const answer = format === "ids" ? ids : { userId, ...list };
      if (!rotate) return revalidatedJson(request, answer, "private, no-cache");
      await shop.recordShown(userId, ids);
      return jsonResponse(answer, "no-store");
    },
  };
  return route;
}
