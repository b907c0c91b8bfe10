import { Buffer } from "node:buffer";
import pl from "nodejs-polars";
import { catalogueOf } from "../../events/catalogue.ts";
import type { Catalogue } from "../../interactions/catalogue.ts";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { IdMap } from "../../interactions/id_map.ts";
import { ORDER } from "../clean/clean_query.ts";
import type { SparkSession } from "../connect/session.ts";
import { sqlText } from "../sql/quote.ts";

/** The table of products by number that {@linkcode nameProducts} keeps: `product_id`, `item`. */
export const PRODUCTS = "products";

/** When a row happened, with its place to break ties. */
const MOMENT = `named_struct('event_time', event_time, ${
  ORDER.map((name) => `'${name}', ${name}`).join(", ")
})`;

/** Which cleaned rows make interactions. */
export const SHOWS_INTEREST = "dropped = 0 AND rating > 0";

/**
 * Numbers the products in the order of their first events, like `toInteractions()`, and has the
 * cluster keep them.
 *
 * @param folder Where Sail keeps them; Spark needs none.
 */
export async function nameProducts(
  spark: SparkSession,
  cleaned: string,
  folder: string,
): Promise<void> {
  const fields = ["event_time", ...ORDER].map((name) => `first.${name}`).join(", ");
  await spark.keep(
    PRODUCTS,
    `SELECT product_id, row_number() OVER (ORDER BY ${fields}) - 1 AS item FROM (
SELECT product_id, min(${MOMENT}) AS first FROM ${cleaned}
WHERE ${SHOWS_INTEREST} GROUP BY product_id)`,
    folder,
  );
}

/**
 * Brings the products to this machine: their ids, and the latest known value of each attribute.
 *
 * @param optional The optional columns that the events have.
 */
export async function readProducts(
  spark: SparkSession,
  cleaned: string,
  optional: readonly string[],
): Promise<{ itemIds: IdMap; catalogue: Catalogue }> {
  const latest = (name: string, is: string) =>
    `max_by(${name}, ${MOMENT}) FILTER (WHERE ${is}) AS ${name}`;
  const isKnown = (name: string) => `${name} <> ${sqlText(UNKNOWN)}`;
  const attributes = [
    latest("category_id", "category_id IS NOT NULL"),
    latest("category_code", isKnown("category_code")),
    latest("brand", isKnown("brand")),
    latest("price", "price > 0"),
    ...optional.map((name) => latest(name, `${name} IS NOT NULL`)),
  ];
  const frames: pl.DataFrame[] = [];
  const batches = spark.batches(
    "describe the products",
    `SELECT CAST(item AS INT) AS item, described.* FROM (
SELECT product_id, ${attributes.join(", ")} FROM ${cleaned} WHERE dropped = 0 GROUP BY product_id
) AS described JOIN ${PRODUCTS} AS numbered ON described.product_id = numbered.product_id`,
  );
  for await (const batch of batches) {
    frames.push(
      pl.readIPCStream(Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength)),
    );
  }
  const products = pl.concat(frames).sort("item");
  const ids = products.select(pl.col("product_id").cast(pl.Utf8, true)).getColumn("product_id");
  return {
    itemIds: IdMap.from(ids.toArray() as string[]),
    catalogue: await catalogueOf([products.drop("item").lazy()], products.select("product_id")),
  };
}
