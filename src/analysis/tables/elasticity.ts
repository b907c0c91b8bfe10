import pl from "nodejs-polars";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { collectRecords } from "../../events/tables/expressions.ts";
import { poissonSlope, type Slope, type Stratum } from "./poisson_slope.ts";

/** By how many percent the conversion of a brand's products differs where their price is one percent higher. */
export interface Elasticity {
  readonly brand: string;
  /** For example -0.5: twice the price goes with 2^-0.5, that is 0.71 times the conversion. */
  readonly elasticity: number;
  readonly standardError: number;
  /** The ends of the 95% interval. */
  readonly low: number;
  readonly high: number;
  /** Products with a price and a viewer. */
  readonly products: number;
  readonly buyers: number;
}

/** What {@linkcode priceElasticity} found. */
export interface Elasticities {
  /** Brands from the most negative elasticity up. */
  readonly brands: readonly Elasticity[];
  /** How many brands had too few products or buyers to say anything. */
  readonly leftOut: number;
  /** One elasticity for all products of the brands above, each compared within its brand; absent where there is none. */
  readonly pooled?: Elasticity;
}

interface ProductRow {
  readonly brand: string;
  readonly price: number;
  readonly viewers: number;
  readonly buyers: number;
}

/**
 * The price elasticity of conversion within each brand: the slope of log(buyers / viewers) against log(price)
 * over the brand's products, by {@linkcode poissonSlope}, so that products that nobody bought count too. It
 * compares different products, dear with cheap ones; it doesn't say what a change of price would do.
 *
 * @param products From {@linkcode productFigures}; products without a brand, a price or a viewer are left out.
 * @param options `minProducts`: brands with fewer products are left out; default 10. `minBuyers`: those with fewer
 * buyers; default 30.
 */
export async function priceElasticity(
  products: pl.DataFrame,
  { minProducts = 10, minBuyers = 30 }: { minProducts?: number; minBuyers?: number } = {},
): Promise<Elasticities> {
  const rows = await collectRecords<ProductRow>(
    products.lazy()
      .filter(pl.col("brand").neq(pl.lit(UNKNOWN)))
      .filter(pl.col("price").gt(0).and(pl.col("viewers").gt(0)))
      .select("brand", "price", "viewers", "buyers"),
  );
  const byBrand = [...Map.groupBy(rows, ({ brand }) => brand)];
  const large = byBrand.filter(([, rows]) =>
    rows.length >= minProducts && buyersOf(rows) >= minBuyers
  );
  const brands = large
    .flatMap(([brand, rows]) => describe(brand, rows, poissonSlope([stratumOf(rows)])))
    .sort((a, b) => a.elasticity - b.elasticity);
  const pooledRows = large.flatMap(([, rows]) => rows);
  const pooled = poissonSlope(large.map(([, rows]) => stratumOf(rows)));
  return {
    brands,
    leftOut: byBrand.length - brands.length,
    ...(pooled && { pooled: describe("all", pooledRows, pooled)[0] }),
  };
}

function describe(
  brand: string,
  rows: readonly ProductRow[],
  fit: Slope | undefined,
): Elasticity[] {
  if (!fit) return [];
  const { slope, standardError } = fit;
  return [{
    brand,
    elasticity: slope,
    standardError,
    low: slope - 1.96 * standardError,
    high: slope + 1.96 * standardError,
    products: rows.length,
    buyers: buyersOf(rows),
  }];
}

function stratumOf(rows: readonly ProductRow[]): Stratum {
  return {
    x: Float64Array.from(rows, ({ price }) => Math.log(price)),
    counts: Float64Array.from(rows, ({ buyers }) => buyers),
    exposures: Float64Array.from(rows, ({ viewers }) => viewers),
  };
}

function buyersOf(rows: readonly ProductRow[]): number {
  return rows.reduce((sum, { buyers }) => sum + buyers, 0);
}
