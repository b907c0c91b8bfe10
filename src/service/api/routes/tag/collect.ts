import { STATUS_CODE } from "../../../../base/std/http.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { collectAnswer } from "../../../schema/answers.ts";
import { collectBody } from "../../../schema/collect.ts";
import { readJson, tooLarge } from "../../../http/body.ts";
import { fresh, textBody } from "../../content.ts";
import { cataloguePrices } from "../../exposed/catalogue_prices.ts";
import { nameLists } from "../../exposed/name_lists.ts";
import { readImpressions } from "../../exposed/read_impressions.ts";
import { defineRoute } from "../../route.ts";

/** In characters: fifty events with long ids fit. The tag sends no longer ones. */
const LONGEST_BATCH = 32_768;

/**
 * `POST /collect`: stores what a visitor did and saw, sent by the tag on the shop's pages. The body
 * is JSON whatever its type: `navigator.sendBeacon` sends plain text, which browsers send to other
 * origins without asking first.
 */
export const collect = defineRoute({
  method: "POST",
  path: "/collect",
  access: "open",
  summary: "Store what a visitor did and saw; for the tag on the shop's pages, with a public key",
  body: textBody({
    description: "A batch of events and impressions of one visitor",
    types: { "text/plain": undefined, "application/json": collectBody },
  }),
  answers: fresh("Stored", collectAnswer, { status: STATUS_CODE.Accepted }),
  setting: "PUBLIC_KEYS",
  isServed: ({ protection }) => protection.publicKeys.isOpen,
  async handle({ request, connection, body }, { shop, protection, exposures }) {
    if (body.length > LONGEST_BATCH) {
      throw tooLarge(`A batch may be at most ${LONGEST_BATCH} characters long`);
    }
    const { key, visitorId, events: sent, impressions } = readJson(body, collectBody);
    protection.publicKeys.admit(request, connection, key);
    const store = requireStore(shop);
    const now = Math.floor(store.now());
    const ofVisitor = <Sent extends { readonly secondsAgo: number }>(
      { secondsAgo, ...rest }: Sent,
    ) => ({ ...rest, userId: visitorId, time: now - Math.round(1000 * secondsAgo) });
    const { events, origins } = await nameLists(
      // No page can take another visitor's event ids.
      sent.map((event) => ofVisitor({ ...event, eventId: `${visitorId}:${event.eventId}` })),
      exposures,
    );
    const { stored, duplicates } = await store.append(events);
    shop.metrics.eventsTaken({ stored, duplicates, refused: 0 });
    const seen = exposures && impressions.length > 0
      ? (await readImpressions(impressions.map(ofVisitor), exposures, now)).seen
      : [];
    if (seen.length > 0) await exposures!.record(seen);
    if (stored > 0) exposures?.happened(events, { origins, priceOf: cataloguePrices(shop) });
    return { accepted: events.length + seen.length };
  },
});
