import { exportExposures } from "../../../exposures/export_exposures.ts";
import { varying } from "../../../http/compression.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { exposuresQuery } from "../../../schema/exposures.ts";
import { shortestDecimal } from "../../../../base/float32.ts";
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
  isServed: ({ exposures }) => exposures !== undefined,
  async handle({ query: { since } }, { shop, exposures }) {
    const store = requireStore(shop);
    await store.check();
    await shop.refresh();
    const { products } = shop.recommender;
    const lines = exportExposures(store, {
      since,
      hours: exposures!.attributionHours,
      priceOf: (id) => {
        const item = products.indexOf(id);
        const price = item < 0 ? NaN : shortestDecimal(products.catalogue.price[item]);
        return price > 0 ? price : undefined;
      },
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
