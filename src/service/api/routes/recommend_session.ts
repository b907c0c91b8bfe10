import { z } from "zod";
import { EMPTY_HISTORY } from "../../../interactions/history.ts";
import { idsAnswer, sessionAnswer } from "../schema/answers.ts";
import { readJson } from "../../http/body.ts";
import { jsonResponse } from "../../http/json.ts";
import { sessionFields } from "../schema/list_options.ts";
import { liveHistory } from "../../recommend/live_history.ts";
import { json, NO_PARAMETERS, type Route } from "../route.ts";
import { eventTypeRule, fields, idRule, timeRule } from "../schema/rules.ts";
import type { Shop } from "../../recommend/shop.ts";

const MOST_EVENTS = 1000;

const sessionEvent = fields({
  productId: idRule,
  type: eventTypeRule,
  time: timeRule.optional(),
});

/** `POST /recommend`: the best products for what an anonymous visitor did; nothing is stored. */
export function recommendSessionRoute(shop: Shop): Route {
  const body = sessionFields(shop.artifact, {
    events: z.array(sessionEvent, { error: "a list of events, oldest first" })
      .max(MOST_EVENTS, { error: `at most ${MOST_EVENTS} events` })
      .describe("What the visitor did; without times, oldest first up to now"),
  });
  return {
    method: "POST",
    path: "/recommend",
    access: "read",
    summary: "The best products for what an anonymous visitor did; nothing is stored",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: json("The visit and what is wanted", body),
    answers: { 200: json("The list", z.union([sessionAnswer, idsAnswer])) },
    async handle({ text }) {
      const { events, format, ...wanted } = readJson(text, body);
      await shop.refresh();
      const { recommender, artifact } = shop;
      const now = Date.now();
      const timed = events.map((event) => ({ ...event, time: event.time ?? now }));
      const history = liveHistory(EMPTY_HISTORY, timed.toSorted((a, b) => a.time - b.time), {
        indexOf: (productId) => recommender.products.indexOf(productId),
        eventWeights: artifact.manifest.eventWeights,
      });
      const list = recommender.recommend(history, wanted);
      shop.metrics.listMade(list);
      const answer = format === "ids" ? list.items.map(({ productId }) => productId) : list;
      return jsonResponse(answer, "no-store");
    },
  };
}
