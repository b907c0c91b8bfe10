/** The types of events, by their names in files. */
export const TYPES = ["view", "cart", "remove_from_cart", "purchase"] as const;

/** One value per type of event. */
export type ByEventType<T> = Readonly<Record<typeof TYPES[number], T>>;

/** First quartile, median, third quartile. */
export type Quartiles = readonly [number, number, number];

/** The distribution of a count per user. */
export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p75: number;
}

/** The figures of a shop's events, to compare it with another. Shares are from 0 to 1. */
export interface EventsProfile {
  readonly rows: number;
  /** Shares of all rows. */
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
  /** Distinct products per user. */
  readonly productsPerUser: Spread;
  /** Users with a purchase. */
  readonly buyerShare: number;
  readonly sessions: number;
  /** Sessions with an event of the type, and sessions with only views. */
  readonly funnel: ByEventType<number> & { readonly viewOnly: number };
  /** Events per session by type, and distinct products per session. */
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
  /** Between consecutive events of a session. */
  readonly gapSeconds: { readonly median: number; readonly p90: number; readonly p99: number };
  /** The ten best-selling products' share of purchases. */
  readonly topTenPurchaseShare: number;
  /** The five most frequent brands' share of rows with a brand. */
  readonly topFiveBrandShare: number;
  /** Views by hour of the day, UTC, from 0 to 23. */
  readonly hours: readonly number[];
  /** Mean views by day of the week, UTC, Monday first: a month has four or five of each. */
  readonly weekdays: readonly number[];
}
