import { isoDate, SECONDS_PER_DAY } from "../base/time.ts";
import { gini } from "../linalg/gini.ts";

/** How much of a week's purchases, or of what was shown in it, went to few products. */
export interface WeekConcentration {
  /** Its Monday, UTC. */
  readonly week: string;
  /** Number of events. */
  readonly count: number;
  /** Number of different products. */
  readonly products: number;
  /** Inequality among these products; see {@linkcode gini}. */
  readonly gini: number;
  /** The share of the most frequent 1% of these products, at least one product. */
  readonly top1: number;
  /**
   * One over the chance that two of them are of the same product: as many equally frequent products
   * would be as concentrated (Simpson 1949, Hill 1973). It doesn't depend on how many were counted;
   * Infinity if no product is there twice.
   */
  readonly effective: number;
}

const SECONDS_PER_WEEK = 7 * SECONDS_PER_DAY;
/** 1970-01-01 was a Thursday. */
const FIRST_MONDAY = 4 * SECONDS_PER_DAY;

/**
 * Counts events by week and product, to see how concentrated they were. What a recommender shows is
 * bought more, and what is bought more is shown more: if that feeds on itself, `effective` falls
 * from week to week.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const counts = new WeeklyCounts();
 * const time = Date.UTC(2019, 9, 9) / 1000;
 * for (const product of ["7", "7", "8", "8"]) counts.add(product, time);
 * const [week] = counts.concentration();
 * assertEquals(week.week, "2019-10-07");
 * // Of the six pairs two are of the same product.
 * assertEquals([week.count, week.products, week.gini, week.effective], [4, 2, 0, 3]);
 * ```
 */
export class WeeklyCounts {
  readonly #weeks = new Map<number, Map<string | number, number>>();

  /**
   * Counts an event.
   *
   * @param product Its id or number.
   * @param time Seconds since 1970-01-01 UTC.
   */
  add(product: string | number, time: number): void {
    const week = Math.floor((time - FIRST_MONDAY) / SECONDS_PER_WEEK);
    let counts = this.#weeks.get(week);
    if (!counts) this.#weeks.set(week, counts = new Map());
    counts.set(product, (counts.get(product) ?? 0) + 1);
  }

  /** How concentrated the events of each week were that has some, oldest first. */
  concentration(): WeekConcentration[] {
    return Array.from(this.#weeks).sort(([a], [b]) => a - b).map(([week, counts]) => ({
      week: isoDate(FIRST_MONDAY + week * SECONDS_PER_WEEK),
      ...concentrationOf(Float64Array.from(counts.values())),
    }));
  }
}

function concentrationOf(counts: Float64Array): Omit<WeekConcentration, "week"> {
  const largest = counts.toSorted().reverse();
  const count = largest.reduce((sum, value) => sum + value, 0);
  const top = largest.subarray(0, Math.ceil(largest.length / 100));
  const pairs = largest.reduce((sum, value) => sum + value * (value - 1), 0);
  return {
    count,
    products: largest.length,
    gini: gini(largest),
    top1: top.reduce((sum, value) => sum + value, 0) / count,
    effective: count * (count - 1) / pairs,
  };
}
