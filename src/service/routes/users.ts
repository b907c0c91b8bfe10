import { z } from "zod";
import { forgottenAnswer, historyAnswer } from "../answers.ts";
import { jsonResponse, revalidatedJson } from "../json.ts";
import { pageParameters } from "../page.ts";
import { json, NO_PARAMETERS, type Route } from "../route.ts";
import { idRule } from "../rules.ts";
import { requireStore, type Shop } from "../shop.ts";

const pathParameters = z.object({ userId: idRule });

/** `GET /users/{userId}/history`: what a user did, as far as it counts, newest first. */
export function historyRoute(shop: Shop): Route {
  const query = z.object(pageParameters);
  const route: Route<typeof pathParameters, typeof query> = {
    method: "GET",
    path: "/users/{userId}/history",
    summary: "What a user did, newest first",
    pathParameters,
    query,
    answers: { 200: json("The events that lists are made from", historyAnswer) },
    async handle({ request, path: { userId }, query: { limit, offset } }) {
      const { items, weights, times } = await shop.historyOf(userId);
      const { recommender } = shop;
      const events = Array.from(items, (item, i) => ({
        productId: recommender.products.idAt(item),
        type: recommender.typeOf(weights[i]),
        time: new Date(1000 * times[i]).toISOString(),
      })).reverse();
      const answer = {
        userId,
        total: events.length,
        events: events.slice(offset, offset + limit),
      };
      return revalidatedJson(request, answer, "private, no-cache");
    },
  };
  return route;
}

/** `DELETE /users/{userId}`: forgets a person, here and in the next training. */
export function forgetRoute(shop: Shop): Route {
  const route: Route<typeof pathParameters, typeof NO_PARAMETERS> = {
    method: "DELETE",
    path: "/users/{userId}",
    summary: "Forget a person: at once here, and in the next training",
    pathParameters,
    query: NO_PARAMETERS,
    answers: { 200: json("Forgotten, whether known or not", forgottenAnswer) },
    async handle({ path: { userId } }) {
      const deletedEvents = await requireStore(shop).forget(userId);
      return jsonResponse({ userId, deletedEvents }, "no-store");
    },
  };
  return route;
}
