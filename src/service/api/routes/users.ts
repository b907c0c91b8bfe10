import { z } from "zod";
import { isoTime } from "../../../base/time.ts";
import { forgottenAnswer, historyAnswer } from "../schema/answers.ts";
import { jsonResponse, revalidatedJson } from "../../http/json.ts";
import { pageParameters } from "../schema/page.ts";
import { json, NO_PARAMETERS, revalidated, type Route } from "../route.ts";
import { idRule } from "../schema/rules.ts";
import { requireStore, type Shop } from "../../recommend/shop.ts";

const pathParameters = z.object({ userId: idRule });

/** `GET /users/{userId}/history`: what a user did, newest first. */
export function historyRoute(shop: Shop): Route {
  const query = z.object(pageParameters);
  const route: Route<typeof pathParameters, typeof query> = {
    method: "GET",
    path: "/users/{userId}/history",
    access: "manage",
    summary: "What a user did, newest first",
    pathParameters,
    query,
    answers: revalidated(
      json("One page of the events; of those that came in, the newest 200", historyAnswer),
    ),
    async handle({ request, path: { userId }, query: { limit, offset } }) {
      const events = (await shop.eventsOf(userId)).map(({ productId, weight, time }) => ({
        productId,
        type: shop.recommender.typeOf(weight),
        time: isoTime(time),
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
    access: "manage",
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
