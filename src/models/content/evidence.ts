import type { ShopInteractions } from "../../interactions/interactions.ts";
import { rowOf } from "../../linalg/sparse/csr.ts";
import { productTerms } from "./product_terms.ts";
import { createStandInSearch, neededStandIns, REACHING, STAND_INS } from "./stand_ins.ts";

/**
 * How much events say of products, and what stands in for those that came lately and of which they
 * say little.
 */
export interface ProductEvidence {
  /** The number of events of each product; 255 for more. */
  readonly events: Uint8Array;
  /** The products that came lately, ascending. */
  readonly newcomers: Uint32Array;
  /** Of each newcomer, how many of its stand-ins must reach a score for it to have the score. */
  readonly needed: Uint8Array;
  /** Where the stand-ins of each newcomer begin; has one number more. */
  readonly starts: Uint32Array;
  /** The stand-ins of all newcomers, one after another. */
  readonly standIns: Uint32Array;
}

const MOST_COUNTED = 255;

const SECONDS_PER_DAY = 86_400;

/** A first event only tells that a product is new if events go back as long before it, in days. */
const DAYS_BEFORE = 14;

/**
 * Finds the products of which events say little because they are new. Such a product has at least
 * the score that 4 + n + d of 20 products with similar descriptions reach, with n its events and d
 * the whole days since the first one: like a product without events at first (see
 * {@linkcode estimateScore}), and after 16 events and days together by its own events alone.
 *
 * Older products with as few events are wanted as little as events say, so they get no estimate:
 * with one, lists lost 6% of their NDCG on a simulated month (`als`), and nothing without.
 *
 * @param options `priceBands`: see `content`.
 * @returns Undefined if the interactions are a sample of others, which says too little of products.
 */
export function findEvidence(
  { itemIds, items, times, catalogue, statistics }: ShopInteractions,
  { priceBands }: { priceBands: number },
): ProductEvidence | undefined {
  if (statistics) return undefined;
  const counts = new Uint32Array(itemIds.size);
  const firsts = new Float64Array(itemIds.size).fill(Infinity);
  let start = Infinity, end = -Infinity;
  for (let i = 0; i < items.length; i++) {
    const item = items[i], time = times[i];
    counts[item]++;
    if (time < firsts[item]) firsts[item] = time;
    if (time < start) start = time;
    if (time > end) end = time;
  }
  const reaching = firsts.map((first, item) =>
    first - start < DAYS_BEFORE * SECONDS_PER_DAY
      ? Infinity
      : REACHING + counts[item] + Math.floor((end - first) / SECONDS_PER_DAY)
  );
  const isNew = (item: number) => counts[item] > 0 && reaching[item] <= STAND_INS;
  const newcomers = Uint32Array.from(counts.keys().filter(isNew));
  return {
    events: Uint8Array.from(counts, (count) => Math.min(MOST_COUNTED, count)),
    newcomers,
    ...standInsOf(newcomers, reaching, productTerms(catalogue, priceBands)),
  };
}

function standInsOf(
  newcomers: Uint32Array,
  reaching: Float64Array,
  terms: ReturnType<typeof productTerms>,
): Pick<ProductEvidence, "needed" | "starts" | "standIns"> {
  const find = createStandInSearch(terms, newcomers);
  const found = Array.from(newcomers, (item) => find(rowOf(terms, item)));
  const starts = new Uint32Array(found.length + 1);
  found.forEach(({ length }, n) => starts[n + 1] = starts[n] + length);
  return {
    needed: Uint8Array.from(
      found,
      ({ length }, n) => neededStandIns(length, reaching[newcomers[n]]),
    ),
    starts,
    standIns: Uint32Array.from(found.flatMap((items) => [...items])),
  };
}
