import pl from "nodejs-polars";
import {
  type Catalogue,
  OPTIONAL_COLUMNS,
  type OptionalText,
  textColumn,
  UNKNOWN,
} from "../interactions/catalogue.ts";
import { releaseFrames } from "./tables/release_frames.ts";

/**
 * Builds the catalogue from cleaned events: the latest known value of each attribute, the latest
 * price above zero.
 *
 * @param pieces Cleaned events, in time order.
 * @param products One column, product_id: the products by item number.
 */
export async function catalogueOf(
  pieces: readonly pl.LazyDataFrame[],
  products: pl.DataFrame,
): Promise<Catalogue> {
  let facts = latestFacts(pieces[0]);
  for (const piece of pieces.slice(1)) {
    facts = latestFacts(pl.concat([facts, latestFacts(piece)]).lazy());
    await releaseFrames(facts.height);
  }
  const inOrder = products.join(facts, { on: "product_id", how: "left", maintainOrder: "left" });
  const texts = (name: string, missing: string) => {
    const filled = inOrder.select(pl.col(name).cast(pl.Utf8, true).fillNull(pl.lit(missing)));
    return textColumn(filled.getColumn(name).toArray() as string[]);
  };
  const price = inOrder.select(pl.col("price").fillNull(0)).getColumn("price");
  return {
    categoryId: texts("category_id", UNKNOWN),
    categoryCode: texts("category_code", UNKNOWN),
    brand: texts("brand", UNKNOWN),
    price: Float32Array.from(price.toArray() as number[]),
    ...Object.fromEntries(
      optionalIn(facts.columns).map(([column, name]) => [name, texts(column, "")]),
    ),
  };
}

/** The optional columns that there are, and what the catalogue calls them. */
function optionalIn(columns: readonly string[]): [string, OptionalText][] {
  return Object.entries(OPTIONAL_COLUMNS).filter(([column]) => columns.includes(column));
}

/** The latest known value of each attribute of each product; null if there is none. */
function latestFacts(events: pl.LazyDataFrame): pl.DataFrame {
  const latest = (name: string, known: pl.Expr): pl.Expr => pl.col(name).filter(known).last();
  const isKnown = (name: string): pl.Expr =>
    pl.col(name).neq(pl.lit(UNKNOWN)).and(pl.col(name).isNotNull());
  return events
    .groupBy(["product_id"])
    .agg(
      latest("category_id", pl.col("category_id").isNotNull()),
      latest("category_code", isKnown("category_code")),
      latest("brand", isKnown("brand")),
      latest("price", pl.col("price").gt(0)),
      ...optionalIn(events.columns).map(([column]) => latest(column, pl.col(column).isNotNull())),
    )
    .collectSync();
}
