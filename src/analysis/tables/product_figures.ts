import pl from "nodejs-polars";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { isType } from "../../events/tables/expressions.ts";

/**
 * The figures of each product, one row per product in the order of ids, from which
 * {@linkcode topSellers}, {@linkcode conversionByPrice}, {@linkcode priceElasticity} and
 * {@linkcode concentration} are computed.
 *
 * | column | meaning |
 * | --- | --- |
 * | `product_id` | text |
 * | `brand`, `category` | the latest known; `category`: the path, else the number, else `unknown` |
 * | `title` | the latest known; null if there is none |
 * | `price` | the median of its prices above zero; null if there is none |
 * | `views`, `carts`, `sales` | events |
 * | `revenue` | the sum of the prices paid |
 * | `viewers` | users who viewed it |
 * | `buyers` | viewers who bought it, so that buyers / viewers is a share |
 *
 * @param events Cleaned events, in order of time.
 */
export function productFigures(events: pl.LazyDataFrame): Promise<pl.DataFrame> {
  const known = (column: string): pl.Expr =>
    pl.col(column).filter(pl.col(column).neq(pl.lit(UNKNOWN))).last();
  const counts = events.groupBy(["product_id"], false).agg(
    known("brand").fillNull(pl.lit(UNKNOWN)).alias("brand"),
    known("category_code")
      .fillNull(pl.col("category_id").cast(pl.Utf8, true).last())
      .fillNull(pl.lit(UNKNOWN))
      .alias("category"),
    titleOf(events).alias("title"),
    pl.col("price").filter(pl.col("price").gt(0)).median().alias("price"),
    isType("view").sum().alias("views"),
    isType("cart").sum().alias("carts"),
    isType("purchase").sum().alias("sales"),
    pl.col("price").filter(isType("purchase")).sum().alias("revenue"),
  );
  return counts
    .join(viewersAndBuyers(events), { on: "product_id", how: "left" })
    .sort("product_id")
    .withColumns(
      pl.col("product_id").cast(pl.Utf8, true),
      pl.col("viewers").fillNull(0).cast(pl.UInt32, true),
      pl.col("buyers").fillNull(0).cast(pl.UInt32, true),
    )
    .collect();
}

/** The latest known title of a group of events with one product; null if the shop has none. */
export function titleOf(events: pl.LazyDataFrame): pl.Expr {
  return events.columns.includes("title")
    ? pl.col("title").filter(pl.col("title").isNotNull()).last()
    : pl.lit(null).cast(pl.Utf8, true).last();
}

function viewersAndBuyers(events: pl.LazyDataFrame): pl.LazyDataFrame {
  return events
    .groupBy(["user_id", "product_id"], false)
    .agg(isType("view").any().alias("viewed"), isType("purchase").any().alias("bought"))
    .filter(pl.col("viewed"))
    .groupBy(["product_id"], false)
    .agg(pl.len().alias("viewers"), pl.col("bought").sum().alias("buyers"));
}
