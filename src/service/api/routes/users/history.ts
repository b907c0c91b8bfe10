import { historyAnswer } from "../../../schema/answers.ts";
import { historyQuery } from "../../../schema/page.ts";
import { revalidated } from "../../content.ts";
import { defineRoute } from "../../route.ts";

/** `GET /users/{userId}/history`: what a user did, newest first. */
export const history = defineRoute({
  method: "GET",
  path: "/users/{userId}/history",
  access: "manage",
  summary: "What a user did, newest first",
  query: historyQuery,
  answers: revalidated(
    "One page of the events, in the artifact and received since",
    historyAnswer,
    "private, no-cache",
  ),
  async handle({ path: { userId }, query: { limit, offset } }, { shop }) {
    const events = (await shop.eventsOf(userId)).map(({ productId, weight, time }) => ({
      productId,
      type: shop.recommender.eventType(weight),
      time: new Date(1000 * time).toISOString(),
    })).reverse();
    return { userId, total: events.length, events: events.slice(offset, offset + limit) };
  },
});
