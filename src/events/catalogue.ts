import pl from "nodejs-polars";
import { type Catalogue, textColumn, UNKNOWN } from "../interactions/catalogue.ts";

/**
 * Gathers what cleaned events say about products: of each attribute the latest that isn't missing, of prices
 * the latest above zero.
 *
 * @param events Cleaned events, in the order of time.
 * @param products One column, product_id: the products in the order of their item numbers.
 */
export function catalogueOf(events: pl.DataFrame, products: pl.DataFrame): Catalogue {
  const latest = (name: string, known: pl.Expr): pl.Expr => pl.col(name).filter(known).last();
  const isKnown = (name: string): pl.Expr => pl.col(name).neq(pl.lit(UNKNOWN));
  const hasTitle = events.columns.includes("title");
  const facts = events.lazy()
    .groupBy(["product_id"])
    .agg(
      latest("category_id", pl.col("category_id").isNotNull()).cast(pl.Utf8, true),
      latest("category_code", isKnown("category_code")),
      latest("brand", isKnown("brand")),
      latest("price", pl.col("price").gt(0)).fillNull(0),
      ...(hasTitle ? [latest("title", pl.col("title").isNotNull())] : []),
    )
    .collectSync();
  const inOrder = products.join(facts, { on: "product_id", how: "left", maintainOrder: "left" });
  const texts = (name: string, missing: string) => {
    const filled = inOrder.select(pl.col(name).fillNull(pl.lit(missing)));
    return textColumn(filled.getColumn(name).toArray() as string[]);
  };
  return {
    categoryId: texts("category_id", UNKNOWN),
    categoryCode: texts("category_code", UNKNOWN),
    brand: texts("brand", UNKNOWN),
    price: Float32Array.from(inOrder.getColumn("price").toArray() as number[]),
    ...(hasTitle && { title: texts("title", "") }),
  };
}
