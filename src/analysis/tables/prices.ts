import pl from "nodejs-polars";
import { collectRecords, isType } from "../../events/tables/expressions.ts";
import { type Proportion, proportion } from "./proportion.ts";

/** Price quantiles of one type of event. Prices of zero are omitted: they are missing values. */
export interface PriceQuantiles {
  readonly eventType: string;
  /** Events with a price above zero. */
  readonly count: number;
  readonly mean: number;
  readonly p5: number;
  readonly p25: number;
  readonly median: number;
  /** The ends of the median's 95% interval. */
  readonly low: number;
  readonly high: number;
  readonly p75: number;
  readonly p95: number;
}

/** One type's events with a price from `from` to `to`. */
export interface PriceBin {
  readonly eventType: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** As a share of this type's events with a price above zero. */
  readonly share: number;
}

/** The conversion of products in a price range. */
export interface PriceBand {
  /** The lowest and the highest price of the band. */
  readonly from: number;
  readonly to: number;
  readonly products: number;
  /** Pairs of a user and a product of this band they viewed. */
  readonly viewers: number;
  /** The share of the viewers who bought the product they viewed. */
  readonly conversion: Proportion;
}

const PRICED = pl.col("price").gt(0);

/**
 * The price quantiles of each type of event, in alphabetical order. The median's interval is that
 * of its rank, which is binomial: 1/2 ± 0.98 / √count.
 */
export async function priceQuantiles(events: pl.LazyDataFrame): Promise<PriceQuantiles[]> {
  const priced = events.filter(PRICED);
  const counts = await collectRecords<{ eventType: string; count: number }>(
    priced
      .groupBy([pl.col("event_type").alias("eventType")], false)
      .agg(pl.len().alias("count"))
      .sort("eventType"),
  );
  const quantile = (name: string, q: number): pl.Expr =>
    pl.col("price").quantile(Math.min(1, Math.max(0, q)), "linear").alias(name);
  return await Promise.all(counts.map(async ({ eventType, count }) => {
    const half = .98 / Math.sqrt(count);
    const [figures] = await collectRecords<Omit<PriceQuantiles, "eventType" | "count">>(
      priced.filter(isType(eventType)).select(
        pl.col("price").mean().alias("mean"),
        quantile("p5", .05),
        quantile("p25", .25),
        quantile("median", .5),
        quantile("low", .5 - half),
        quantile("high", .5 + half),
        quantile("p75", .75),
        quantile("p95", .95),
      ),
    );
    return { eventType, count, ...figures };
  }));
}

/**
 * The distribution of price by type of event, in bins of equal width on a logarithmic scale; empty
 * bins are omitted.
 *
 * @param options `bins`: how many; default 40. They span all prices except the lowest and highest
 * thousandth, which go into the first and last bin.
 */
export async function priceHistogram(
  events: pl.LazyDataFrame,
  { bins = 40 }: { bins?: number } = {},
): Promise<PriceBin[]> {
  const priced = events.filter(PRICED).select("event_type", "price");
  const [{ low, high }] = await collectRecords<{ low: number | null; high: number | null }>(
    priced.select(
      pl.col("price").quantile(.001, "lower").log(Math.E).alias("low"),
      pl.col("price").quantile(.999, "higher").log(Math.E).alias("high"),
    ),
  );
  if (low === null || high === null) return [];

  const width = high > low ? (high - low) / bins : 1;
  const bin = pl.col("price").log(Math.E).sub(low).div(width).floor().clip(0, bins - 1);
  const counts = await collectRecords<
    { eventType: string; bin: number; count: number; total: number }
  >(
    priced
      .groupBy(
        [pl.col("event_type").alias("eventType"), bin.cast(pl.Int32, true).alias("bin")],
        false,
      )
      .agg(pl.len().alias("count"))
      .withColumn(pl.col("count").sum().over("eventType").alias("total"))
      .sort([pl.col("eventType"), pl.col("bin")]),
  );
  return counts.map(({ eventType, bin, count, total }) => ({
    eventType,
    from: Math.exp(low + bin * width),
    to: Math.exp(low + (bin + 1) * width),
    count,
    share: count / total,
  }));
}

/**
 * How often viewers buy, by price: products are sorted by price and cut into bands with about
 * equally many viewers. Products of equal price stay in one band, so there may be fewer bands than
 * requested.
 *
 * @param products From {@linkcode productFigures}; those without a price or a viewer are omitted.
 * @param options `bands`: default 10.
 */
export async function conversionByPrice(
  products: pl.DataFrame,
  { bands = 10 }: { bands?: number } = {},
): Promise<PriceBand[]> {
  // A price's band is the rank of its median viewer among all viewers, in tenths (for 10 bands).
  const middle = pl.col("viewers").cumSum().sub(pl.col("viewers").div(2));
  const band = middle.mul(bands).div(pl.col("viewers").sum()).floor().alias("band");
  const sum = (column: string): pl.Expr => pl.col(column).sum();
  const rows = products.lazy()
    .filter(PRICED.and(pl.col("viewers").gt(0)))
    .withColumns(pl.col("viewers").cast(pl.Float64, true), pl.col("buyers").cast(pl.Float64, true))
    .groupBy(["price"], false)
    .agg(pl.len().alias("products"), sum("viewers"), sum("buyers"))
    .sort("price")
    .withColumn(band)
    .groupBy(["band"], false)
    .agg(
      pl.col("price").min().alias("from"),
      pl.col("price").max().alias("to"),
      sum("products"),
      sum("viewers"),
      sum("buyers"),
    )
    .sort("from")
    .drop("band");
  return (await collectRecords<Omit<PriceBand, "conversion"> & { buyers: number }>(rows)).map(
    ({ buyers, ...row }) => ({ ...row, conversion: proportion(buyers, row.viewers) }),
  );
}
