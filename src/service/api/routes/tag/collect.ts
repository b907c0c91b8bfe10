import { STATUS_CODE } from "../../../../base/std/http.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { collectAnswer } from "../../../schema/answers.ts";
import { collectBody } from "../../../schema/collect.ts";
import { readJson, tooLarge } from "../../../http/body.ts";
import { fresh, textBody } from "../../content.ts";
import { defineRoute } from "../../route.ts";

/** In characters: fifty events with long ids fit. */
const LONGEST_BATCH = 32_768;

/**
 * `POST /collect`: stores what a visitor did, sent by the tag on the shop's pages. The body is JSON
 * whatever its type: `navigator.sendBeacon` sends plain text, which browsers send to other origins
 * without asking first.
 */
export const collect = defineRoute({
  method: "POST",
  path: "/collect",
  access: "open",
  summary: "Store what a visitor did; for the tag on the shop's pages, with a public key",
  body: textBody({
    description: "A batch of events of one visitor",
    types: { "text/plain": undefined, "application/json": collectBody },
  }),
  answers: fresh("Stored", collectAnswer, { status: STATUS_CODE.Accepted }),
  isServed: ({ protection }) => protection.publicKeys.isOpen,
  async handle({ request, connection, body }, { shop, protection }) {
    if (body.length > LONGEST_BATCH) {
      throw tooLarge(`A batch may be at most ${LONGEST_BATCH} characters long`);
    }
    const { key, visitorId, events } = readJson(body, collectBody);
    protection.publicKeys.admit(request, connection, key);
    const store = requireStore(shop);
    const now = store.now();
    const { stored, duplicates } = await store.append(
      events.map(({ eventId, secondsAgo, ...event }) => ({
        ...event,
        userId: visitorId,
        // No page can take another visitor's event ids.
        eventId: `${visitorId}:${eventId}`,
        time: now - Math.round(1000 * secondsAgo),
      })),
    );
    shop.metrics.eventsTaken({ stored, duplicates, refused: 0 });
    return { accepted: events.length };
  },
});
