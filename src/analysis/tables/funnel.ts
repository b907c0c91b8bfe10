import pl from "nodejs-polars";
import { isoDate, SECONDS_PER_DAY } from "../../base/time.ts";
import { SESSION_KEY } from "../../events/tables/schema.ts";
import {
  collectRecords,
  epochDay,
  isType,
  monthIndex,
  monthName,
} from "../../events/tables/expressions.ts";
import { REMOVAL } from "../../events/tables/event_types.ts";

/** What passes through the funnel: sessions, users, or pairs of a user and a product. */
export const FUNNEL_UNITS = ["session", "user", "pair"] as const;

/** One of {@linkcode FUNNEL_UNITS}. */
export type FunnelUnit = typeof FUNNEL_UNITS[number];

/**
 * How many units reached each stage. Only whether a unit has events of a type counts, not their
 * order: products are often viewed again after they were added to the cart.
 */
export interface Funnel {
  /** All units with an event of any type. */
  readonly units: number;
  /** Units with a view. */
  readonly viewed: number;
  /** Units with a cart, viewed or not. */
  readonly carted: number;
  /** Units with a removal from the cart. */
  readonly removed: number;
  /** Units with a purchase, viewed or not. */
  readonly purchased: number;
  /** Units with a view and a cart. */
  readonly viewedCarted: number;
  /** Units with a view and a purchase, in the cart or not. */
  readonly viewedPurchased: number;
  /** Units with a view, a cart and a purchase. */
  readonly viewedCartedPurchased: number;
  /** viewedCarted / viewed; this and every rate below is NaN if its base is 0. */
  readonly viewToCart: number;
  /** viewedCartedPurchased / viewedCarted. */
  readonly cartToPurchase: number;
  /** purchased / units. */
  readonly conversion: number;
  /** The share of carted units with a removal. */
  readonly removal: number;
  /** The share of carted units without a purchase. */
  readonly abandonment: number;
}

/** The funnel of one unit. */
export interface UnitFunnel extends Funnel {
  readonly unit: FunnelUnit;
}

/** The funnel of one month or week. */
export interface PeriodFunnel extends Funnel {
  /** The month, for example `2019-10`, or the week's first day, for example `2019-10-01`; UTC. */
  readonly period: string;
}

/** Funnels over time. */
export interface FunnelsOverTime {
  readonly per: "month" | "week";
  /** In order; those without events are omitted. */
  readonly periods: readonly PeriodFunnel[];
}

/** The units that have events of these types. */
interface Path {
  readonly view: boolean;
  readonly cart: boolean;
  readonly removal: boolean;
  readonly purchase: boolean;
  readonly units: number;
}

const KEYS: Readonly<Record<FunnelUnit, readonly string[]>> = {
  session: SESSION_KEY,
  user: ["user_id"],
  pair: ["user_id", "product_id"],
};

const REACHED = ["view", "cart", "removal", "purchase"];

const FLAGS = [
  isType("view").any().alias("view"),
  isType("cart").any().alias("cart"),
  isType(REMOVAL).any().alias("removal"),
  isType("purchase").any().alias("purchase"),
];

/** Counts the sessions, users or user-product pairs that view, add to the cart, remove and buy. */
export async function funnel(events: pl.LazyDataFrame, unit: FunnelUnit): Promise<Funnel> {
  const paths = events
    .groupBy([...KEYS[unit]], false)
    .agg(...FLAGS)
    .groupBy(REACHED, false)
    .agg(pl.len().alias("units"));
  return countFunnel(await collectRecords<Path>(paths));
}

/** The funnels by session, user and user-product pair, in this order. */
export async function funnels(events: pl.LazyDataFrame): Promise<UnitFunnel[]> {
  const counted: UnitFunnel[] = [];
  for (const unit of FUNNEL_UNITS) counted.push({ unit, ...await funnel(events, unit) });
  return counted;
}

/**
 * The funnel of each month or, if the data is of one month only, of each full week from its first
 * day on. A session counts in the period in which it starts; a user or a pair counts in every
 * period in which it has events, with that period's events.
 */
export async function funnelsOverTime(
  events: pl.LazyDataFrame,
  unit: FunnelUnit,
): Promise<FunnelsOverTime> {
  const [{ first, last, months }] = await collectRecords<
    { first: number | null; last: number | null; months: number }
  >(
    events.select(
      epochDay().min().alias("first"),
      epochDay().max().alias("last"),
      monthIndex().nUnique().alias("months"),
    ),
  );
  if (first === null || last === null) return { per: "month", periods: [] };
  if (months > 1) {
    return { per: "month", periods: await funnelsBy(events, unit, monthIndex(), monthName) };
  }
  const weeks = Math.floor((last - first + 1) / 7);
  const week = epochDay().sub(first).div(7).floor().cast(pl.Int32, true);
  const firstDay = (week: number) => isoDate(SECONDS_PER_DAY * (first + 7 * week));
  const full = events.filter(week.lt(weeks));
  return { per: "week", periods: await funnelsBy(full, unit, week, firstDay) };
}

async function funnelsBy(
  events: pl.LazyDataFrame,
  unit: FunnelUnit,
  period: pl.Expr,
  nameOf: (period: number) => string,
): Promise<PeriodFunnel[]> {
  const dated = events.withColumn(period.alias("period"));
  const reached = unit === "session"
    ? dated.groupBy([...KEYS[unit]], false).agg(...FLAGS, pl.col("period").min())
    : dated.groupBy([...KEYS[unit], "period"], false).agg(...FLAGS);
  const paths = reached
    .groupBy(["period", ...REACHED], false)
    .agg(pl.len().alias("units"))
    .sort("period");
  const rows = await collectRecords<Path & { period: number }>(paths);
  return [...Map.groupBy(rows, ({ period }) => period)]
    .map(([period, paths]) => ({ period: nameOf(period), ...countFunnel(paths) }));
}

function countFunnel(rows: readonly Path[]): Funnel {
  const count = (reached: (path: Path) => boolean): number =>
    rows.reduce((sum, path) => sum + (reached(path) ? path.units : 0), 0);

  const units = count(() => true);
  const viewed = count((path) => path.view);
  const carted = count((path) => path.cart);
  const purchased = count((path) => path.purchase);
  const viewedCarted = count((path) => path.view && path.cart);
  const viewedCartedPurchased = count((path) => path.view && path.cart && path.purchase);
  return {
    units,
    viewed,
    carted,
    removed: count((path) => path.removal),
    purchased,
    viewedCarted,
    viewedPurchased: count((path) => path.view && path.purchase),
    viewedCartedPurchased,
    viewToCart: viewedCarted / viewed,
    cartToPurchase: viewedCartedPurchased / viewedCarted,
    conversion: purchased / units,
    removal: count((path) => path.cart && path.removal) / carted,
    abandonment: count((path) => path.cart && !path.purchase) / carted,
  };
}
