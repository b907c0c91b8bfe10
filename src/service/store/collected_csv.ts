import type { ProductChange, StoredEvent } from "./entries/stored_event.ts";
import { spreadsheetText } from "../../base/spreadsheet_text.ts";
import { stringify } from "../../base/std/csv.ts";

/** The columns of the shop's own files, then those that only some shops have. */
const COLUMNS = [
  "event_time",
  "event_type",
  "product_id",
  "category_id",
  "category_code",
  "brand",
  "price",
  "user_id",
  "user_session",
  "title",
  "image_url",
  "url",
] as const;

const ROWS_PER_CHUNK = 500;

/**
 * Writes events as the CSV that training reads, in chunks.
 *
 * @param factsOf What the shop says of a product. An event's own price takes precedence; a price of
 *   0 means unknown to training.
 * @param options `forSpreadsheets`: whether no cell may be evaluated as a formula, which changes
 *   ids and texts that look like one. Default false, as training needs it.
 */
export async function* collectedCsv(
  events: AsyncIterable<StoredEvent>,
  factsOf: (productId: string) => ProductChange | undefined,
  { forSpreadsheets = false } = {},
): AsyncGenerator<string> {
  yield `${COLUMNS.join(",")}\r\n`;
  let rows: Record<string, unknown>[] = [];
  for await (const event of events) {
    const row = rowOf(event, factsOf(event.productId));
    rows.push(forSpreadsheets ? withoutFormulas(row) : row);
    if (rows.length < ROWS_PER_CHUNK) continue;
    yield toCsv(rows);
    rows = [];
  }
  if (rows.length > 0) yield toCsv(rows);
}

function toCsv(rows: readonly Readonly<Record<string, unknown>>[]): string {
  return stringify(rows, { columns: COLUMNS, headers: false });
}

function withoutFormulas(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const cells = Object.entries(row).map(([column, value]) =>
    [column, typeof value === "string" ? spreadsheetText(value) : value] as const
  );
  return Object.fromEntries(cells);
}

function rowOf(
  { time, type, productId, userId, session = "", price }: StoredEvent,
  { categoryId = "", category = "", brand = "", title = "", imageUrl = "", url = "", ...facts }:
    ProductChange = {},
): Record<(typeof COLUMNS)[number], unknown> {
  return {
    event_time: new Date(time).toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC"),
    event_type: type,
    product_id: productId,
    category_id: categoryId,
    category_code: category,
    brand,
    price: price ?? facts.price ?? 0,
    user_id: userId,
    user_session: session,
    title,
    image_url: imageUrl,
    url,
  };
}
