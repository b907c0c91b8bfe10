import pl from "nodejs-polars";
import { productLabel } from "../../interactions/catalogue.ts";
import { SESSION_KEY } from "../../events/tables/schema.ts";
import { collectRecords, isType } from "../../events/tables/expressions.ts";
import { poissonInterval, poissonTail } from "./poisson_interval.ts";
import { titleOf } from "./product_figures.ts";

/** Two products that occur in the same sessions. */
export interface ProductPair {
  readonly productA: string;
  readonly productB: string;
  /** What to call them: see {@linkcode productLabel}. */
  readonly labelA: string;
  readonly labelB: string;
  /** Sessions with both. */
  readonly sessions: number;
  /** sessions / all sessions that were counted. */
  readonly support: number;
  /** How many times more often they occur together than if they were independent. */
  readonly lift: number;
  /** The ends of the lift's 95% interval, exact for a Poisson count of sessions. */
  readonly low: number;
  readonly high: number;
}

/** A pair that may be chance. */
interface Candidate {
  readonly productA: string;
  readonly productB: string;
  readonly brandA: string;
  readonly brandB: string;
  readonly titleA: string | null;
  readonly titleB: string | null;
  readonly sessions: number;
  readonly aloneA: number;
  readonly aloneB: number;
}

/** The result of {@linkcode productPairs}. */
export interface ProductPairs {
  /** Best first; only those that share sessions more often than by chance. */
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
 * Of the many pairs that products can form, some share a few sessions by chance. A pair is reported
 * only if their number of sessions has a probability of at most 5% among all these pairs together
 * (Bonferroni), were the products independent.
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
    .agg(pl.col("brand").last(), titleOf(events).alias("title"))
    .withColumn(pl.len().over(...SESSION_KEY).alias("products"))
    .collect();
  const small = baskets.lazy().filter(pl.col("products").ltEq(maxProducts));
  const sessions = await countSessions(small);
  const items = (await small
    .groupBy(["product_id"], false)
    .agg(pl.col("brand").last(), pl.col("title").last(), pl.len().alias("alone"))
    .filter(pl.col("alone").gtEq(minSessions))
    .sort("product_id")
    .withColumn(pl.col("product_id").cast(pl.Utf8, true).alias("product"))
    .withRowIndex("item")
    .collect()).lazy();
  const side = (name: "A" | "B"): pl.LazyDataFrame =>
    items.select(
      ...["item", "product", "brand", "title", "alone"].map((column) =>
        pl.col(column).alias(`${column}${name}`)
      ),
    );
  const candidates = await collectRecords<Candidate>(
    countPairs(small.join(items.select("product_id", "item"), { on: "product_id" }))
      .filter(pl.col("sessions").gtEq(minSessions))
      .join(side("A"), { on: "itemA" })
      .join(side("B"), { on: "itemB" })
      .drop("itemA", "itemB"),
  );
  const [{ count }] = await collectRecords<{ count: number }>(
    items.select(pl.len().alias("count")),
  );
  // lift = P(a and b) / (P(a) P(b)) = sessions(a, b) / expected(a, b)
  const pairs = candidates.map((pair) => {
    const expected = pair.aloneA * pair.aloneB / sessions;
    return { ...pair, expected, lift: pair.sessions / expected };
  }).sort((a, b) =>
    b[by] - a[by] || compare(a.productA, b.productA) || compare(a.productB, b.productB)
  );
  const level = LEVEL / (count * (count - 1) / 2);
  const beyondChance = takeWhere(
    pairs,
    ({ sessions, expected }) => poissonTail(sessions, expected) <= level,
    limit,
  );
  return {
    pairs: beyondChance.map(({ productA, productB, expected, lift, ...pair }) => {
      const { low, high } = poissonInterval(pair.sessions);
      return {
        productA,
        productB,
        labelA: productLabel({ id: productA, brand: pair.brandA, title: pair.titleA }),
        labelB: productLabel({ id: productB, brand: pair.brandB, title: pair.titleB }),
        sessions: pair.sessions,
        support: pair.sessions / sessions,
        lift,
        low: low / expected,
        high: high / expected,
      };
    }),
    sessions,
    sessionsOmitted: await countSessions(baskets.lazy()) - sessions,
  };
}

/** The probability of any pair by chance. */
const LEVEL = .05;

function compare(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

/** The first few that pass a test, which is applied to no more than needed. */
function takeWhere<Row>(rows: readonly Row[], test: (row: Row) => boolean, limit: number): Row[] {
  return rows.values().filter(test).take(limit).toArray();
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
