import pl from "nodejs-polars";
import { findDuplicates } from "./duplicates.ts";
import { collectRecords, epochDay, isType } from "./expressions.ts";
import { TIME_TYPE } from "./schema.ts";

/** One number per type of event. */
export interface ByEventType<T> {
  readonly view: T;
  readonly cart: T;
  readonly remove_from_cart: T;
  readonly purchase: T;
}

/** First quartile, median, third quartile. */
export type Quartiles = readonly [number, number, number];

/** How a count per user is spread. */
export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p75: number;
}

/** What a shop's events look like, in the figures by which two shops are compared. Shares run from 0 to 1. */
export interface EventsProfile {
  readonly rows: number;
  /** Of all rows. */
  readonly eventShares: ByEventType<number>;
  /** Rows that are equal to an earlier one in every column. */
  readonly duplicateShare: number;
  /** Rows without a value in the column. */
  readonly missingShares: {
    readonly brand: number;
    readonly category_code: number;
    readonly user_session: number;
  };
  readonly zeroPriceShare: number;
  readonly negativePriceShare: number;
  readonly meanPrice: number;
  /** Over rows, not products. */
  readonly priceQuartiles: ByEventType<Quartiles> & { readonly all: Quartiles };
  readonly users: number;
  readonly sessionsPerUser: Spread;
  /** Different products a user has to do with. */
  readonly productsPerUser: Spread;
  /** Users with a purchase. */
  readonly buyerShare: number;
  readonly sessions: number;
  /** Sessions with an event of the type, and sessions with nothing but views. */
  readonly funnel: ByEventType<number> & { readonly viewOnly: number };
  /** Events per session by type, and different products per session. */
  readonly sessionMeans: ByEventType<number> & { readonly products: number };
  /** The same for sessions with a purchase. */
  readonly buyingSessionMeans: { readonly cart: number; readonly products: number };
  /** From a session's first event to its last. */
  readonly sessionMinutes: {
    readonly median: number;
    readonly p95: number;
    /** Sessions of more than 24 hours. */
    readonly overADayShare: number;
  };
  /** Between an event and the next of the session. */
  readonly gapSeconds: { readonly median: number; readonly p90: number; readonly p99: number };
  /** Purchases of the ten products that are bought most. */
  readonly topTenPurchaseShare: number;
  /** Rows of the five brands that have most. */
  readonly topFiveBrandShare: number;
  /** Views by hour of the day, UTC, from 0 to 23. */
  readonly hours: readonly number[];
  /** Views on an average such day of the week, UTC, Monday first: a month has five of some, four of others. */
  readonly weekdays: readonly number[];
}

const TYPES = ["view", "cart", "remove_from_cart", "purchase"] as const;

/**
 * Computes the figures of a table of raw events. Those of rows (shares, prices) count exact duplicates, those of
 * sessions, users and gaps don't; rows without a session count in no session.
 *
 * @param events Columns event_time (Datetime), event_type, product_id, category_id, category_code, brand, price,
 * user_id, user_session; missing values are null. Other columns are allowed. Figures without a base, such as
 * the prices of a type that doesn't occur, are NaN.
 */
export async function profileEvents(events: pl.DataFrame): Promise<EventsProfile> {
  const rows = await profileRows(events.lazy());
  const distinct = distinctEvents(events);
  const inSessions = distinct.lazy().filter(SESSION.isNotNull());
  return {
    ...rows,
    duplicateShare: 1 - distinct.height / events.height,
    ...await profileUsers(distinct.lazy()),
    ...await profileSessions(inSessions),
    gapSeconds: await profileGaps(inSessions),
    ...await profilePopularity(events.lazy()),
    ...await profileViews(events.lazy()),
  };
}

const SESSION = pl.col("user_session");

/**
 * The events without exact duplicates, sessions by 64-bit hash, which is much quicker to group by; two of ten
 * million sessions fall together with a chance of 3e-6.
 */
function distinctEvents(events: pl.DataFrame): pl.DataFrame {
  const session = pl.when(SESSION.isNotNull()).then(SESSION.hash(0, 1, 2, 3)).otherwise(
    pl.lit(null),
  );
  return events
    .filter(findDuplicates(events).not())
    .select(
      seconds(pl.col("event_time")).alias("seconds"),
      pl.col("event_type"),
      pl.col("product_id"),
      pl.col("user_id"),
      session.alias("user_session"),
    );
}

type Row = Record<string, number | null>;

async function one(frame: pl.LazyDataFrame): Promise<(name: string) => number> {
  const [row] = await collectRecords<Row>(frame);
  return (name) => row[name] ?? NaN;
}

function byType<T>(of: (type: typeof TYPES[number]) => T): ByEventType<T> {
  return {
    view: of("view"),
    cart: of("cart"),
    remove_from_cart: of("remove_from_cart"),
    purchase: of("purchase"),
  };
}

const share = (condition: pl.Expr, name: string): pl.Expr =>
  condition.cast(pl.Float64, true).mean().alias(name);

const quartiles = (price: pl.Expr, name: string): pl.Expr[] =>
  [0.25, 0.5, 0.75].map((q) => price.quantile(q, "linear").alias(`${name}${q}`));

async function profileRows(events: pl.LazyDataFrame) {
  const price = pl.col("price");
  const figure = await one(events.select(
    pl.len().alias("rows"),
    ...TYPES.map((type) => share(isType(type), type)),
    ...["brand", "category_code", "user_session"].map((name) => share(pl.col(name).isNull(), name)),
    share(price.eq(0), "zero"),
    share(price.lt(0), "negative"),
    price.mean().alias("meanPrice"),
    ...quartiles(price, "all"),
    ...TYPES.flatMap((type) => quartiles(price.filter(isType(type)), type)),
  ));
  const quartilesOf = (name: string): Quartiles => [
    figure(`${name}0.25`),
    figure(`${name}0.5`),
    figure(`${name}0.75`),
  ];
  return {
    rows: figure("rows"),
    eventShares: byType(figure),
    missingShares: {
      brand: figure("brand"),
      category_code: figure("category_code"),
      user_session: figure("user_session"),
    },
    zeroPriceShare: figure("zero"),
    negativePriceShare: figure("negative"),
    meanPrice: figure("meanPrice"),
    priceQuartiles: { all: quartilesOf("all"), ...byType(quartilesOf) },
  };
}

async function profileUsers(events: pl.LazyDataFrame) {
  const spread = (name: string): pl.Expr[] => [
    pl.col(name).mean().alias(`${name} mean`),
    pl.col(name).median().alias(`${name} median`),
    pl.col(name).quantile(0.75, "linear").alias(`${name} p75`),
  ];
  const figure = await one(
    events
      .groupBy(["user_id"], false)
      .agg(
        SESSION.dropNulls().nUnique().alias("sessions"),
        pl.col("product_id").nUnique().alias("products"),
        isType("purchase").any().alias("buys"),
      )
      .select(
        pl.len().alias("users"),
        ...spread("sessions"),
        ...spread("products"),
        share(pl.col("buys"), "buyers"),
      ),
  );
  const spreadOf = (name: string): Spread => ({
    mean: figure(`${name} mean`),
    median: figure(`${name} median`),
    p75: figure(`${name} p75`),
  });
  return {
    users: figure("users"),
    sessionsPerUser: spreadOf("sessions"),
    productsPerUser: spreadOf("products"),
    buyerShare: figure("buyers"),
  };
}

async function profileSessions(events: pl.LazyDataFrame) {
  const time = pl.col("seconds");
  const buys = pl.col("purchase").gt(0);
  const minutes = pl.col("seconds").div(60);
  const figure = await one(
    events
      .groupBy(["user_session"], false)
      .agg(
        ...TYPES.map((type) => isType(type).sum().alias(type)),
        pl.len().alias("events"),
        pl.col("product_id").nUnique().alias("products"),
        time.max().sub(time.min()).alias("seconds"),
      )
      .select(
        pl.len().alias("sessions"),
        ...TYPES.map((type) => share(pl.col(type).gt(0), `with ${type}`)),
        share(pl.col("view").eq(pl.col("events")), "viewOnly"),
        ...[...TYPES, "products"].map((name) => pl.col(name).mean().alias(`mean ${name}`)),
        ...["cart", "products"].map((name) =>
          pl.col(name).filter(buys).mean().alias(`buying ${name}`)
        ),
        minutes.median().alias("median"),
        minutes.quantile(0.95, "linear").alias("p95"),
        share(minutes.gt(24 * 60), "overADay"),
      ),
  );
  return {
    sessions: figure("sessions"),
    funnel: { ...byType((type) => figure(`with ${type}`)), viewOnly: figure("viewOnly") },
    sessionMeans: {
      ...byType((type) => figure(`mean ${type}`)),
      products: figure("mean products"),
    },
    buyingSessionMeans: { cart: figure("buying cart"), products: figure("buying products") },
    sessionMinutes: {
      median: figure("median"),
      p95: figure("p95"),
      overADayShare: figure("overADay"),
    },
  };
}

async function profileGaps(events: pl.LazyDataFrame): Promise<EventsProfile["gapSeconds"]> {
  const previous = (name: string): pl.Expr => pl.col(name).shift(1);
  const gap = pl.col("gap");
  const figure = await one(
    events
      .select(SESSION, pl.col("seconds"))
      .sort([SESSION, pl.col("seconds")])
      .select(
        pl.col("seconds").sub(previous("seconds")).alias("gap"),
        SESSION.eq(previous("user_session")).alias("same"),
      )
      .filter(pl.col("same"))
      .select(
        gap.median().alias("median"),
        gap.quantile(0.9, "linear").alias("p90"),
        gap.quantile(0.99, "linear").alias("p99"),
      ),
  );
  return { median: figure("median"), p90: figure("p90"), p99: figure("p99") };
}

async function profilePopularity(events: pl.LazyDataFrame) {
  return {
    topTenPurchaseShare: await headShare(events.filter(isType("purchase")), "product_id", 10),
    topFiveBrandShare: await headShare(events, "brand", 5),
  };
}

/** The share of the rows that the most frequent values of a column have. */
async function headShare(
  events: pl.LazyDataFrame,
  column: string,
  count: number,
): Promise<number> {
  const counts = await collectRecords<{ value: unknown; rows: number }>(
    events
      .groupBy([pl.col(column).alias("value")], false)
      .agg(pl.len().alias("rows"))
      .sort("rows", true),
  );
  const sum = (rows: typeof counts) => rows.reduce((total, row) => total + row.rows, 0);
  return sum(counts.filter(({ value }) => value !== null).slice(0, count)) / sum(counts);
}

async function profileViews(events: pl.LazyDataFrame) {
  const rows = await collectRecords<{ day: number; hour: number; views: number }>(
    events
      .filter(isType("view"))
      .groupBy([epochDay().alias("day"), pl.col("event_time").dt.hour().alias("hour")], false)
      .agg(pl.len().alias("views")),
  );
  const hours = new Array<number>(24).fill(0);
  const weekdays = new Array<number>(7).fill(0);
  const dates = Array.from({ length: 7 }, () => new Set<number>());
  for (const { day, hour, views } of rows) {
    const weekday = (day + 3) % 7;
    hours[hour] += views;
    weekdays[weekday] += views;
    dates[weekday].add(day);
  }
  return {
    hours: shares(hours),
    weekdays: shares(weekdays.map((views, weekday) => views / Math.max(1, dates[weekday].size))),
  };
}

function shares(values: readonly number[]): number[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}

/** Seconds since 1970-01-01 UTC. */
function seconds(time: pl.Expr): pl.Expr {
  return time.cast(TIME_TYPE, true).cast(pl.Int64, true).cast(pl.Float64, true).div(1e6);
}
