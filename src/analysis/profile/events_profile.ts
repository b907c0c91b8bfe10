/** The types of events, as files call them. */
export const TYPES = ["view", "cart", "remove_from_cart", "purchase"] as const;

/** One value per type of event. */
export type ByEventType<T> = Readonly<Record<typeof TYPES[number], T>>;

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
