import { MS_PER_DAY } from "../../base/time.ts";
import type { ExposureWithOutcomes } from "../exposures/exposure.ts";

/** What a user did in an experiment, and before it. */
export interface UserFigures {
  /** Lists that were shown. */
  readonly lists: number;
  /** Lists of which a product was clicked. */
  readonly clicked: number;
  /** Lists of which a product was put into the cart. */
  readonly carted: number;
  /** Lists of which a product was bought. */
  readonly bought: number;
  /** Prices of what was bought from lists. */
  readonly listRevenue: number;
  /** 1 if the user bought anything from their first list on, wherever they found it. */
  readonly converted: number;
  /** Prices of all that they bought from their first list on. */
  readonly revenue: number;
  /** 1 if the user bought anything in the period before their first list. */
  readonly convertedBefore: number;
  /** Prices of all that they bought in the period before. */
  readonly revenueBefore: number;
}

/** A user's event, as far as figures need it. */
export interface FigureEvent {
  readonly type: string;
  /** When it happened: milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly price?: number;
}

/** How many days before a user's first list say what they are like. */
export const DAYS_BEFORE = 28;

/**
 * What a user did in an experiment.
 *
 * @param lists The lists of the experiment that they were shown, in chronological order; at least
 *   one.
 * @param events All that they did.
 * @param options `until`: when the experiment ended, in milliseconds since 1970-01-01 UTC: later
 *   events don't count. Default they do.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const exposure = { listId: "l1", at: 1000, userId: "ann", model: "als", productIds: ["7"],
 *   positions: [1], propensities: [1] };
 * const purchase = { type: "purchase", time: 2000, price: 5 };
 * const { lists, clicked, revenue, revenueBefore } = userFigures(
 *   [{ exposure, outcomes: [] }],
 *   [purchase, { ...purchase, time: 500, price: 3 }],
 * );
 * assertEquals([lists, clicked, revenue, revenueBefore], [1, 0, 5, 3]);
 * ```
 */
export function userFigures(
  lists: readonly ExposureWithOutcomes[],
  events: readonly FigureEvent[],
  { until = Infinity }: { readonly until?: number } = {},
): UserFigures {
  const first = lists[0].exposure.at;
  const listsWith = (type: string) =>
    lists.filter(({ outcomes }) => outcomes.some((outcome) => outcome.type === type)).length;
  const purchases = events.filter(({ type }) => type === "purchase");
  const after = purchases.filter(({ time }) => time >= first && time < until);
  const before = purchases.filter(({ time }) =>
    time < first && time >= first - DAYS_BEFORE * MS_PER_DAY
  );
  const sold = lists.flatMap(({ outcomes }) => outcomes.filter(({ type }) => type === "purchase"));
  return {
    lists: lists.length,
    clicked: listsWith("view"),
    carted: listsWith("cart"),
    bought: listsWith("purchase"),
    listRevenue: total(sold),
    converted: Number(after.length > 0),
    revenue: total(after),
    convertedBefore: Number(before.length > 0),
    revenueBefore: total(before),
  };
}

function total(events: readonly { readonly price?: number }[]): number {
  return events.reduce((sum, { price = 0 }) => sum + price, 0);
}
