import { stringify } from "../base/std/csv.ts";
import type { RecommendationList } from "../service/recommend/recommendation.ts";

/** How lists are written: a line of JSON per user, or a row of CSV per place. */
export type ListFormat = "ndjson" | "csv";

/** The columns of CSV: one row per place of a list. */
export const LIST_COLUMNS = [
  "user_id",
  "rank",
  "product_id",
  "score",
  "source",
  "strategy",
  "model",
] as const;

/** What a file of lists begins with. */
export function headerOf(format: ListFormat): string {
  return format === "csv" ? `${LIST_COLUMNS.join(",")}\r\n` : "";
}

/**
 * One user's list as text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const product = { productId: "7", brand: "", category: "", price: 0 };
 * const items = [{ ...product, score: 0.5, source: "model" as const }];
 * const list = { model: "als", strategy: "personalized" as const, items };
 * assertEquals(formatList("csv", "ann", list), "ann,1,7,0.5,model,personalized,als\r\n");
 * ```
 */
export function formatList(
  format: ListFormat,
  userId: string,
  { model, strategy, items }: RecommendationList,
): string {
  if (format === "ndjson") {
    const places = items.map(({ productId, score, source }) => ({ productId, score, source }));
    return `${JSON.stringify({ userId, model, strategy, items: places })}\n`;
  }
  const rows = items.map(({ productId, score, source }, place) => ({
    user_id: userId,
    rank: place + 1,
    product_id: productId,
    ...{ score, source, strategy, model },
  }));
  return stringify(rows, { columns: LIST_COLUMNS, headers: false });
}
