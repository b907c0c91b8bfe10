import { formatCount, formatCounted } from "../../base/format.ts";
import type { Progress } from "../../base/progress.ts";
import type { CoRatingOptions, CoRatings } from "../../interactions/statistics.ts";
import type { SparkSession } from "../connect/session.ts";
import { coRatingsQuery, mostPopularQuery } from "./co_ratings_query.ts";
import { placeRanges, type RangeLimits } from "./place_ranges.ts";
import { countPairs, type RatedItems } from "./rated_items.ts";
import { type Entries, MOST_ENTRIES, readSymmetric } from "./read_square.ts";
import { sumUp } from "./sum_up.ts";

/** The fewest ranges of a matrix that is as large as fits: one that doesn't fit is left out. */
const LEAST_RANGES = 8;

/** How much of a Gram matrix comes here. */
export interface GramOptions extends Omit<CoRatingOptions, "rating"> {
  /** The number of all items. */
  readonly size: number;
  /** How much a query may take. */
  readonly limits: RangeLimits;
  /** How many entries the matrix may have. Default 100 million. */
  readonly mostEntries?: number;
  /** Is told what is left out. */
  readonly note: (text: string) => void;
}

/** Brings the Gram matrix of all items or of the most popular ones here, as far as it fits. */
export async function collectGram(
  spark: SparkSession,
  tables: RatedItems,
  { size, limits, mostEntries = MOST_ENTRIES, note, ...options }: GramOptions,
  progress?: Progress,
): Promise<Pick<CoRatings, "matrix" | "items">> {
  const ofAll = options.mostPopular === undefined;
  const ranked = await mostPopularItems(spark, tables.places, options.mostPopular);
  const pairs = await countPairs(spark, tables);
  const ranges = placeRanges(pairs.subarray(0, ranked.length), {
    ...limits,
    // A sum is an entry on both sides of the diagonal.
    sums: Math.min(limits.sums, mostEntries / 2 / LEAST_RANGES),
  });
  const { matrix, order } = await readSymmetric(
    ranges,
    (range) => sumUp<Entries>(spark, coRatingsQuery(tables, options, range)),
    {
      size: ofAll ? size : ranked.length,
      most: mostEntries,
      progress,
      ...(ofAll && { numbers: ranked }),
    },
  );
  if (order < ranked.length) note(leftOut(ranked.length - order, ranked.length));
  return {
    matrix,
    items: ofAll ? Uint32Array.from({ length: size }, (_, item) => item) : ranked,
  };
}

async function mostPopularItems(
  spark: SparkSession,
  places: string,
  most?: number,
): Promise<Uint32Array> {
  const found: number[] = [];
  for await (const { item } of sumUp<{ item: Int32Array }>(spark, mostPopularQuery(places, most))) {
    for (const number of item) found.push(number);
  }
  return Uint32Array.from(found);
}

/** Tells that the pairs of some items don't fit into memory. */
function leftOut(count: number, all: number): string {
  return "Pairs of all products don't fit into memory: the model that is made from them " +
    `(pure_svd, ease) leaves out the ${formatCounted(count, "least popular product")} of ` +
    formatCount(all);
}
