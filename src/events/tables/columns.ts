/** How the values of a column are read. */
export type ColumnKind = "time" | "type" | "id" | "text" | "price";

/** A column of a shop's events. */
export interface Column {
  readonly kind: ColumnKind;
  /** Whether a file must have it. */
  readonly required: boolean;
  /** Other names that shops give it, the most specific first; case, blanks and `_` don't count. */
  readonly names: readonly string[];
}

/** The columns that are read from a shop's files; others are ignored. */
export const COLUMNS = {
  event_time: {
    kind: "time",
    required: true,
    names: ["event_timestamp", "timestamp", "datetime", "time"],
  },
  event_type: { kind: "type", required: true, names: ["event_name", "event", "type"] },
  product_id: { kind: "id", required: true, names: ["item_id", "product", "item"] },
  category_id: { kind: "id", required: false, names: [] },
  category_code: { kind: "text", required: false, names: ["item_category", "category"] },
  brand: { kind: "text", required: false, names: ["item_brand"] },
  price: { kind: "price", required: false, names: ["item_price"] },
  user_id: { kind: "id", required: true, names: ["visitor_id", "visitor", "user"] },
  user_session: {
    kind: "text",
    required: false,
    names: ["session_id", "user_session_id", "session"],
  },
  title: { kind: "text", required: false, names: ["item_name", "product_name", "product_title"] },
  image_url: { kind: "text", required: false, names: ["image_link", "product_image"] },
  url: { kind: "text", required: false, names: ["product_url"] },
} as const satisfies Readonly<Record<string, Column>>;

/** The name of a column of a shop's events. */
export type ColumnName = keyof typeof COLUMNS;

/** All names of columns, in their order. */
export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];

/** Whether raw events have a column of this name. */
export function isKnownColumn(name: string): name is ColumnName {
  return Object.hasOwn(COLUMNS, name);
}

/** The columns of one kind. */
export function columnsOf(kind: ColumnKind): readonly ColumnName[] {
  return COLUMN_NAMES.filter((name) => COLUMNS[name].kind === kind);
}

/** A name without what writers of headers vary: `User ID`, `userId` and `user_id` are one name. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
