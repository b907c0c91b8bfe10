import type { ColumnName } from "../../tables/columns.ts";

/** A form of events that well-known programs and data sets write. */
export interface Layout {
  readonly name: string;
  /** The columns by which it is recognised; case, blanks and `_` don't count. */
  readonly header: readonly string[];
  /** The file's names of columns; of several, the first that isn't missing in a row counts. */
  readonly columns: Readonly<Partial<Record<ColumnName, readonly string[]>>>;
  /** The type of all events, if the file has no column for it. */
  readonly type?: string;
  /**
   * Without a header line: the names of its columns, and whether a first line is one of its rows.
   */
  readonly headerless?: {
    readonly names: readonly string[];
    readonly fits: readonly RegExp[];
  };
}

const INTEGER = /^\d+$/;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** The layouts that are recognised, the most specific first. */
export const LAYOUTS: readonly Layout[] = [
  {
    name: "REES46",
    header: ["event_time", "event_type", "product_id", "user_id", "user_session"],
    columns: {},
  },
  {
    name: "Retailrocket events",
    header: ["timestamp", "visitorid", "event", "itemid", "transactionid"],
    columns: {
      event_time: ["timestamp"],
      event_type: ["event"],
      product_id: ["itemid"],
      user_id: ["visitorid"],
    },
  },
  {
    name: "GA4 export",
    header: ["event_timestamp", "event_name", "user_pseudo_id"],
    columns: {
      event_time: ["event_timestamp"],
      event_type: ["event_name"],
      product_id: ["item_id", "items.item_id"],
      category_code: ["item_category", "items.item_category"],
      brand: ["item_brand", "items.item_brand"],
      price: ["price", "item_price", "items.price"],
      title: ["item_name", "items.item_name"],
      user_id: ["user_pseudo_id"],
      user_session: ["ga_session_id"],
    },
  },
  {
    name: "Segment",
    header: ["event", "anonymous_id", "timestamp"],
    columns: {
      event_time: ["timestamp"],
      event_type: ["event"],
      product_id: ["product_id", "properties.product_id"],
      category_code: ["category", "properties.category"],
      brand: ["brand", "properties.brand"],
      price: ["price", "properties.price"],
      title: ["name", "properties.name"],
      user_id: ["user_id", "anonymous_id"],
      user_session: ["context_session_id", "session_id"],
    },
  },
  {
    name: "Shopify orders",
    header: ["Name", "Email", "Created at", "Lineitem name", "Lineitem sku"],
    columns: {
      event_time: ["Created at"],
      product_id: ["Lineitem sku"],
      brand: ["Vendor"],
      price: ["Lineitem price"],
      title: ["Lineitem name"],
      user_id: ["Email"],
      user_session: ["Name"],
    },
    type: "purchase",
  },
  {
    name: "RecBole interactions",
    header: ["user_id:token", "item_id:token", "timestamp:float"],
    columns: {
      event_time: ["timestamp:float"],
      product_id: ["item_id:token"],
      user_id: ["user_id:token"],
      user_session: ["session_id:token"],
    },
    type: "view",
  },
  {
    name: "RecBole sessions",
    header: ["session_id:token", "item_id:token", "timestamp:float"],
    columns: {
      event_time: ["timestamp:float"],
      product_id: ["item_id:token"],
      user_session: ["session_id:token"],
    },
    type: "view",
  },
  {
    name: "Amazon Personalize interactions",
    header: ["USER_ID", "ITEM_ID", "TIMESTAMP"],
    columns: { event_time: ["TIMESTAMP"], product_id: ["ITEM_ID"], user_id: ["USER_ID"] },
    type: "view",
  },
  {
    name: "MovieLens ratings",
    header: ["userId", "movieId", "rating", "timestamp"],
    columns: { event_time: ["timestamp"], product_id: ["movieId"], user_id: ["userId"] },
    type: "view",
    headerless: {
      names: ["userId", "movieId", "rating", "timestamp"],
      fits: [INTEGER, INTEGER, /^[0-5](\.\d)?$/, /^\d{9,10}$/],
    },
  },
  {
    name: "yoochoose buys",
    header: ["session_id", "timestamp", "item_id", "price", "quantity"],
    columns: {
      event_time: ["timestamp"],
      product_id: ["item_id"],
      price: ["price"],
      user_session: ["session_id"],
    },
    type: "purchase",
    headerless: {
      names: ["session_id", "timestamp", "item_id", "price", "quantity"],
      fits: [INTEGER, ISO_TIME, INTEGER, INTEGER, INTEGER],
    },
  },
  {
    name: "yoochoose clicks",
    header: ["session_id", "timestamp", "item_id", "category"],
    columns: {
      event_time: ["timestamp"],
      product_id: ["item_id"],
      category_code: ["category"],
      user_session: ["session_id"],
    },
    type: "view",
    headerless: {
      names: ["session_id", "timestamp", "item_id", "category"],
      fits: [INTEGER, ISO_TIME, INTEGER, /^(S|\d+)$/],
    },
  },
];
