import pl from "nodejs-polars";
import { SESSION_KEY } from "../../events/tables/schema.ts";
import { collectRecords, isType } from "../../events/tables/expressions.ts";

/** Two products that occur in the same sessions. */
export interface ProductPair {
  readonly productA: string;
  readonly brandA: string;
  readonly productB: string;
  readonly brandB: string;
  /** Sessions with both. */
  readonly sessions: number;
  /** sessions / all sessions that were counted. */
  readonly support: number;
  /** How many times more often they occur together than if they were independent. */
  readonly lift: number;
}

/** The result of {@linkcode productPairs}. */
export interface ProductPairs {
  /** Best first. */
  readonly pairs: readonly ProductPair[];
  /** Sessions with the requested events, except those omitted. */
  readonly sessions: number;
  /** Sessions with more products than `maxProducts`, which were omitted. */
  readonly sessionsOmitted: number;
}

/**
 * Finds products that are viewed, added to the cart or bought in the same sessions.
 *
 * A session with n products has n(n − 1)/2 pairs, so a few very long ones, mostly of bots and
 * resellers, would dominate both the work and the pairs: sessions above `maxProducts` are omitted
 * and counted. Products in fewer than `minSessions` sessions can't be part of a frequent pair and
 * are removed first (Agrawal and Srikant, "Fast algorithms for mining association rules", VLDB
 * 1994).
 *
 * @param options `of`: which events; default views. `by`: the ranking; default `"lift"`, which
 * finds related products among pairs with at least `minSessions`; `"sessions"` finds the most
 * frequent pairs. `minSessions`: default 20. `maxProducts`: default 20. `limit`: how many pairs;
 * default 10.
 */
export async function productPairs(
  events: pl.LazyDataFrame,
  { of = "view", by = "lift", minSessions = 20, maxProducts = 20, limit = 10 }: {
    of?: "view" | "cart" | "purchase";
    by?: "lift" | "sessions";
    minSessions?: number;
    maxProducts?: number;
    limit?: number;
  } = {},
): Promise<ProductPairs> {
  const baskets = await events
    .filter(isType(of))
    .groupBy([...SESSION_KEY, "product_id"], false)
    .agg(pl.col("brand").last())
    .withColumn(pl.len().over(...SESSION_KEY).alias("products"))
    .collect();
  const small = baskets.lazy().filter(pl.col("products").ltEq(maxProducts));
  const sessions = await countSessions(small);
  const items = (await small
    .groupBy(["product_id"], false)
    .agg(pl.col("brand").last(), pl.len().alias("alone"))
    .filter(pl.col("alone").gtEq(minSessions))
    .sort("product_id")
    .withColumn(pl.col("product_id").cast(pl.Utf8, true).alias("product"))
    .withRowIndex("item")
    .collect()).lazy();
  const side = (name: "A" | "B"): pl.LazyDataFrame =>
    items.select(
      pl.col("item").alias(`item${name}`),
      pl.col("product").alias(`product${name}`),
      pl.col("brand").alias(`brand${name}`),
      pl.col("alone").alias(`alone${name}`),
    );
  // lift = P(a and b) / (P(a) P(b)) = sessions(a, b) · sessions / (sessions(a) · sessions(b))
  const lift = pl.col("sessions").mul(sessions).div(pl.col("aloneA").cast(pl.Float64, true)).div(
    pl.col("aloneB"),
  );
  const pairs = countPairs(small.join(items.select("product_id", "item"), { on: "product_id" }))
    .filter(pl.col("sessions").gtEq(minSessions))
    .join(side("A"), { on: "itemA" })
    .join(side("B"), { on: "itemB" })
    .select(
      ...["productA", "brandA", "productB", "brandB", "sessions"].map((name) => pl.col(name)),
      pl.col("sessions").div(sessions).alias("support"),
      lift.alias("lift"),
    )
    .sort([pl.col(by), pl.col("productA"), pl.col("productB")], [true, false, false])
    .limit(limit);
  return {
    pairs: await collectRecords<ProductPair>(pairs),
    sessions,
    sessionsOmitted: await countSessions(baskets.lazy()) - sessions,
  };
}

async function countSessions(baskets: pl.LazyDataFrame): Promise<number> {
  const [{ sessions }] = await collectRecords<{ sessions: number }>(
    baskets.groupBy([...SESSION_KEY], false).agg().select(pl.len().alias("sessions")),
  );
  return sessions;
}

/** Every pair of items, the lower number first, and how many sessions have both. */
function countPairs(baskets: pl.LazyDataFrame): pl.LazyDataFrame {
  return baskets
    .groupBy([...SESSION_KEY], false)
    .agg(pl.col("item").alias("itemA"))
    .select(pl.col("itemA"), pl.col("itemA").alias("itemB"))
    .explode("itemA")
    .explode("itemB")
    .filter(pl.col("itemA").lt(pl.col("itemB")))
    .groupBy(["itemA", "itemB"], false)
    .agg(pl.len().alias("sessions"));
}
