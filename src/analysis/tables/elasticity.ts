import pl from "nodejs-polars";
import { sum } from "../../base/statistics.ts";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { collectRecords } from "../../events/tables/expressions.ts";
import { poissonSlope, type Slope, type Stratum } from "./poisson_slope.ts";

/**
 * The percentage by which a brand's products convert differently for a one percent higher price.
 */
export interface Elasticity {
  readonly brand: string;
  /** For example −0.5: at twice the price, conversion is 2^−0.5, or 0.71 times as high. */
  readonly elasticity: number;
  readonly standardError: number;
  /** The ends of the 95% interval. */
  readonly low: number;
  readonly high: number;
  /** Products with a price and at least one viewer. */
  readonly products: number;
  readonly buyers: number;
}

/** The result of {@linkcode priceElasticity}. */
export interface Elasticities {
  /** By elasticity, the most negative first. */
  readonly brands: readonly Elasticity[];
  /** How many brands had too few products or buyers. */
  readonly omitted: number;
  /**
   * One elasticity for all these brands, whose products are compared within their brand; absent if
   * it can't be determined.
   */
  readonly pooled?: Elasticity;
}

interface ProductRow {
  readonly brand: string;
  readonly price: number;
  readonly viewers: number;
  readonly buyers: number;
}

/**
 * Estimates the price elasticity of conversion within each brand: the slope of log(buyers /
 * viewers) against log(price) over the brand's products, by {@linkcode poissonSlope}, which
 * includes products without buyers. It compares expensive with cheap products; it doesn't predict
 * the effect of a price change.
 *
 * @param products From {@linkcode productFigures}; products without brand, price or viewer are
 * omitted.
 * @param options `minProducts`: brands with fewer products are omitted; default 10. `minBuyers`:
 * brands with fewer buyers are omitted; default 30.
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
    omitted: byBrand.length - brands.length,
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
  return sum(rows.map(({ buyers }) => buyers));
}
