import { formatCount, formatCounted } from "../../base/format.ts";
import type { Progress } from "../../base/progress.ts";
import type { CoRatingOptions, CoRatings } from "../../interactions/statistics.ts";
import type { SparkSession } from "../connect/session.ts";
import { coRatingsQuery, mostPopularQuery } from "./co_ratings_query.ts";
import { itemRanges } from "./item_ranges.ts";
import { type Entries, readSymmetric } from "./read_square.ts";
import { sumUp } from "./sum_up.ts";

/** What a Gram matrix is made of. */
export interface RatedItems {
  /** The name of the table of ratings. */
  readonly ratings: string;
  /** The name of the table of the items' places. */
  readonly places: string;
  /** Of each item, how many items its users rated, all together. */
  readonly pairsOf: Float64Array;
}

/** How much of a Gram matrix comes here. */
export interface GramOptions extends Omit<CoRatingOptions, "rating"> {
  /** How many pairs of a user's items a query sums up, at most. */
  readonly pairsAtOnce: number;
  /** How many entries the matrix may have. Default 100 million. */
  readonly mostEntries?: number;
  /** Is told what is left out. */
  readonly note: (text: string) => void;
}

/** Brings the Gram matrix of all items or of the most popular ones here, as far as it fits. */
export async function collectGram(
  spark: SparkSession,
  { pairsOf, ...tables }: RatedItems,
  { pairsAtOnce, mostEntries, note, ...options }: GramOptions,
  progress: Progress = () => {},
): Promise<Pick<CoRatings, "matrix" | "items">> {
  const ofAll = options.mostPopular === undefined;
  const ranked = await mostPopularItems(spark, tables.places, options.mostPopular);
  const ranges = itemRanges(Float64Array.from(ranked, (item) => pairsOf[item]), pairsAtOnce);
  const { matrix, order } = await readSymmetric(
    ranges,
    (range) => {
      progress(ranges.indexOf(range) / ranges.length);
      return sumUp<Entries>(spark, coRatingsQuery(tables, options, range));
    },
    {
      size: ofAll ? pairsOf.length : ranked.length,
      most: mostEntries,
      ...(ofAll && { numbers: ranked }),
    },
  );
  if (order < ranked.length) note(leftOut(ranked.length - order, ranked.length));
  return {
    matrix,
    items: ofAll ? Uint32Array.from(pairsOf, (_, item) => item) : ranked,
  };
}

async function mostPopularItems(
  spark: SparkSession,
  places: string,
  most?: number,
): Promise<Uint32Array> {
  const found: number[] = [];
  for await (const { item } of sumUp<{ item: Int32Array }>(spark, mostPopularQuery(places, most))) {
    found.push(...item);
  }
  return Uint32Array.from(found);
}

/** Tells that the pairs of some items don't fit into memory. */
function leftOut(count: number, all: number): string {
  return "Pairs of all products don't fit into memory: the model that is made from them " +
    `(pure_svd, ease) leaves out the ${formatCounted(count, "least popular product")} of ` +
    formatCount(all);
}
