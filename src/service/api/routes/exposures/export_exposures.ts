import { exportExposures } from "../../../exposures/export_exposures.ts";
import { varying } from "../../../http/compression.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { exposuresQuery } from "../../../schema/exposures.ts";
import { cataloguePrices } from "../../exposed/catalogue_prices.ts";
import { whole } from "../../content.ts";
import { defineRoute } from "../../route.ts";

/** `GET /exposures/export`: what users were shown, and what came of it. */
export const exportShown = defineRoute({
  method: "GET",
  path: "/exposures/export",
  access: "manage",
  summary: "What users were shown, and the events that count for it, as NDJSON",
  query: exposuresQuery,
  answers: whole("One line per list, then one per event of it", ["application/x-ndjson"]),
  setting: "EXPOSURES=on",
  isServed: ({ exposures }) => exposures !== undefined,
  async handle({ query: { since } }, { shop, exposures }) {
    const store = requireStore(shop);
    await store.check();
    await shop.refresh();
    const lines = exportExposures(store, {
      since,
      hours: exposures!.attributionHours,
      priceOf: cataloguePrices(shop),
    });
    return new Response(ReadableStream.from(lines).pipeThrough(new TextEncoderStream()), {
      headers: {
        "content-type": "application/x-ndjson",
        "content-disposition": 'attachment; filename="exposures.ndjson"',
        "cache-control": "no-store",
        ...varying(),
      },
    });
  },
});
