import { z } from "zod";
import { STATUS_CODE } from "../../../base/std/http.ts";
import { requireStore, type Shop } from "../../recommend/shop.ts";
import { eventsAnswer } from "../../schema/answers.ts";
import { MOST_EVENTS, shopEvent } from "../../schema/events.ts";
import { fresh, textBody } from "../content.ts";
import type { NewEvent } from "../../store/entries/stored_event.ts";
import { cataloguePrices } from "../exposed/catalogue_prices.ts";
import { nameLists } from "../exposed/name_lists.ts";
import { noneStored } from "../read_entries.ts";
import { readEvents } from "../read_events.ts";
import { defineRoute } from "../route.ts";

/**
 * `POST /events`: stores what users did, on disk before it answers; the very next list uses it.
 * Invalid events are refused by index, the others are stored.
 */
export const events = defineRoute({
  method: "POST",
  path: "/events",
  access: "manage",
  summary: "Store what users did: one event, a JSON array, or NDJSON",
  body: textBody({
    description: `Up to ${MOST_EVENTS} events`,
    types: {
      "application/json": z.union([shopEvent, z.array(shopEvent).min(1).max(MOST_EVENTS)]),
      "application/x-ndjson": undefined,
    },
  }),
  answers: fresh("Stored; refused events are listed by index", eventsAnswer, {
    status: STATUS_CODE.Accepted,
  }),
  async handle({ body }, { shop, exposures }) {
    const store = requireStore(shop);
    const { entries, refused } = readEvents(body, store.now());
    const { events, origins, unknownLists } = await nameLists(entries, exposures);
    if (events.length === 0) {
      shop.metrics.eventsTaken({ stored: 0, duplicates: 0, refused: refused.length });
      throw noneStored("events", refused);
    }
    const { stored, duplicates } = await store.append(events);
    if (stored > 0) exposures?.happened(events, { origins, priceOf: cataloguePrices(shop) });
    shop.metrics.eventsTaken({ stored, duplicates, refused: refused.length });
    const unknownProducts = await countUnknown(shop, events);
    return { accepted: stored, duplicates, unknownProducts, unknownLists, refused };
  },
});

/** How many of the events are of products that neither the artifact nor the shop knows. */
async function countUnknown(shop: Shop, events: readonly NewEvent[]): Promise<number> {
  const { products } = shop.recommender;
  const unknown = () => events.filter(({ productId }) => products.indexOf(productId) < 0).length;
  if (unknown() > 0) await shop.refresh();
  return unknown();
}
