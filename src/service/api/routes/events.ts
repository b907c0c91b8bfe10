import { z } from "zod";
import { eventsAnswer } from "../schema/answers.ts";
import { jsonResponse } from "../../http/json.ts";
import { ProblemError } from "../../http/problem.ts";
import { eventRule, MOST_EVENTS, readEvents } from "../read_events.ts";
import { json, NO_PARAMETERS, type Route } from "../route.ts";
import { requireStore, type Shop } from "../../recommend/shop.ts";
import { STATUS_CODE } from "../../../base/std/http.ts";

/**
 * `POST /events`: stores what users did, durably before it answers; the very next list uses it. What can't be
 * stored is refused by its place, the rest is kept.
 */
export function eventsRoute(shop: Shop): Route {
  return {
    method: "POST",
    path: "/events",
    access: "manage",
    summary: "Store what users did: one event, a JSON array, or NDJSON",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: {
      description: `Up to ${MOST_EVENTS} events`,
      types: {
        "application/json": z.union([eventRule, z.array(eventRule).min(1).max(MOST_EVENTS)]),
        "application/x-ndjson": undefined,
      },
    },
    answers: { 202: json("Stored; those that couldn't be, by their place", eventsAnswer) },
    async handle({ text }) {
      const store = requireStore(shop);
      const { events, refused } = readEvents(text, store.now());
      if (events.length === 0) {
        shop.metrics.eventsTaken({ stored: 0, duplicates: 0, refused: refused.length });
        const [{ index: _, ...first }] = refused;
        const isOne = refused.length === 1;
        const fault = isOne ? first : { detail: "None of the events can be stored", refused };
        throw new ProblemError({ status: STATUS_CODE.BadRequest, ...fault });
      }
      const { stored, duplicates } = await store.append(events);
      shop.metrics.eventsTaken({ stored, duplicates, refused: refused.length });
      const answer = { accepted: stored, duplicates, refused };
      return jsonResponse(answer, "no-store", STATUS_CODE.Accepted);
    },
  };
}
