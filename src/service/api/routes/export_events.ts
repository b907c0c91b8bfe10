import { z } from "zod";
import { textAt, UNKNOWN } from "../../../interactions/catalogue.ts";
import { varying } from "../../http/compression.ts";
import { collectedCsv } from "../../store/collected_csv.ts";
import { shortestDecimal } from "../../../base/float32.ts";
import type { Products } from "../../catalogue/products.ts";
import { NO_PARAMETERS, type Route } from "../route.ts";
import { timeRule } from "../schema/rules.ts";
import { requireStore, type Shop } from "../../recommend/shop.ts";
import type { ProductChange } from "../../store/stored_event.ts";

/** `GET /events/export`: what came in, as the CSV that training reads. */
export function exportEventsRoute(shop: Shop): Route {
  const query = z.object({
    since: timeRule.optional().describe("Only what came in then or later"),
  });
  const route: Route<typeof NO_PARAMETERS, typeof query> = {
    method: "GET",
    path: "/events/export",
    access: "manage",
    summary: "What came in, as the CSV that training reads",
    pathParameters: NO_PARAMETERS,
    query,
    answers: {
      200: { description: "One row per event", types: { "text/csv": undefined } },
    },
    async handle({ query: { since } }) {
      const store = requireStore(shop);
      await store.check();
      await shop.refresh();
      const { products } = shop.recommender;
      const rows = collectedCsv(store.events({ since }), (id) => factsOf(products, id));
      return new Response(ReadableStream.from(rows).pipeThrough(new TextEncoderStream()), {
        headers: {
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": 'attachment; filename="events.csv"',
          "cache-control": "no-store",
          ...varying(),
        },
      });
    },
  };
  return route;
}

/** As the shop would write it: what isn't known is empty. */
function factsOf(products: Products, productId: string): ProductChange | undefined {
  const item = products.indexOf(productId);
  if (item < 0) return undefined;
  const { catalogue } = products;
  const known = (text: string) => text === UNKNOWN ? undefined : text;
  return {
    brand: known(textAt(catalogue.brand, item)),
    category: known(textAt(catalogue.categoryCode, item)),
    categoryId: known(textAt(catalogue.categoryId, item)),
    title: textAt(catalogue.title, item),
    price: shortestDecimal(catalogue.price[item]),
  };
}
