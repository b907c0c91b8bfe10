import pl from "nodejs-polars";
import { productLabel, UNKNOWN } from "../../interactions/catalogue.ts";
import { collectRecords } from "../../events/tables/expressions.ts";
import { type Proportion, proportion } from "./proportion.ts";

/** What sellers can be ranked by. */
export type SellerRanking = "sales" | "revenue" | "conversion";

/** The sales of a product or a brand. */
export interface Seller {
  /** The product's id, or the brand. */
  readonly name: string;
  /** What to call it: see {@linkcode productLabel}; the brand itself if brands are ranked. */
  readonly label: string;
  /** How many of its products have events; 1 for a product. */
  readonly products: number;
  /** The number of purchases. */
  readonly sales: number;
  /** The sum of the prices paid. */
  readonly revenue: number;
  /** Pairs of a user and a product they viewed. */
  readonly viewers: number;
  /** The share of the viewers who bought the product they viewed. */
  readonly conversion: Proportion;
}

interface SellerRow extends Omit<Seller, "conversion" | "label"> {
  readonly brand: string;
  readonly title: string | null;
  readonly buyers: number;
}

/**
 * The best-selling products or brands, best first; ties are in order of names. Products without a
 * brand don't form one, and products and brands without sales are omitted.
 *
 * @param products From {@linkcode productFigures}.
 * @param options `of`: what to rank, default products. `by`: default sales. `limit`: how many,
 * default 10. `minViewers`: the fewest viewers to be ranked by conversion, so that a single viewer
 * who bought doesn't lead; default 100.
 */
export async function topSellers(
  products: pl.DataFrame,
  { of = "products", by = "sales", limit = 10, minViewers = 100 }: {
    of?: "products" | "brands";
    by?: SellerRanking;
    limit?: number;
    minViewers?: number;
  } = {},
): Promise<Seller[]> {
  const name = of === "products" ? "product_id" : "brand";
  const branded = of === "products" ? pl.lit(true) : pl.col("brand").neq(pl.lit(UNKNOWN));
  const best = products.lazy()
    .filter(branded)
    .groupBy([pl.col(name).alias("name")], false)
    .agg(
      pl.col("brand").first().alias("brand"),
      pl.col("title").first().alias("title"),
      pl.len().alias("products"),
      ...["sales", "revenue", "viewers", "buyers"].map((column) => pl.col(column).sum()),
    )
    .withColumn(pl.col("buyers").cast(pl.Float64, true).div(pl.col("viewers")).alias("conversion"))
    .filter(
      pl.col("sales").gt(0).and(
        pl.col("viewers").gtEq(by === "conversion" ? Math.max(1, minViewers) : 0),
      ),
    )
    .sort([pl.col(by), pl.col("name")], [true, false])
    .limit(limit)
    .drop("conversion");
  return (await collectRecords<SellerRow>(best)).map(({ buyers, brand, title, ...seller }) => ({
    ...seller,
    label: of === "brands" ? brand : productLabel({ id: seller.name, brand, title }),
    conversion: proportion(buyers, seller.viewers),
  }));
}
