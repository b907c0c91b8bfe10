import { shortestDecimal } from "../../../base/float32.ts";
import { textAt, UNKNOWN } from "../../../interactions/catalogue.ts";
import type { Products } from "../../catalogue/products.ts";
import { varying } from "../../http/compression.ts";
import { requireStore } from "../../recommend/shop.ts";
import { exportQuery } from "../../schema/events.ts";
import { collectedCsv } from "../../store/collected_csv.ts";
import type { ProductChange } from "../../store/entries/stored_event.ts";
import { whole } from "../content.ts";
import { defineRoute } from "../route.ts";

/** `GET /events/export`: the stored events as the CSV that training reads. */
export const exportEvents = defineRoute({
  method: "GET",
  path: "/events/export",
  access: "manage",
  summary: "The stored events as the CSV that training reads",
  query: exportQuery,
  answers: whole("One row per event", ["text/csv"]),
  async handle({ query: { since, spreadsheet } }, { shop }) {
    const store = requireStore(shop);
    await store.check();
    await shop.refresh();
    const { products } = shop.recommender;
    const rows = collectedCsv(store.events({ since }), (id) => factsOf(products, id), {
      forSpreadsheets: spreadsheet,
    });
    return new Response(ReadableStream.from(rows).pipeThrough(new TextEncoderStream()), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="events.csv"',
        "cache-control": "no-store",
        ...varying(),
      },
    });
  },
});

/** The facts as the shop would write them: unknown ones are empty. */
function factsOf(products: Products, productId: string): ProductChange | undefined {
  const item = products.indexOf(productId);
  if (item < 0) return undefined;
  const { catalogue } = products;
  const { imageUrl, url } = products.facts(item);
  const known = (text: string) => text === UNKNOWN ? undefined : text;
  return {
    brand: known(textAt(catalogue.brand, item)),
    category: known(textAt(catalogue.categoryCode, item)),
    categoryId: known(textAt(catalogue.categoryId, item)),
    title: textAt(catalogue.title, item),
    imageUrl,
    url,
    price: shortestDecimal(catalogue.price[item]),
  };
}
