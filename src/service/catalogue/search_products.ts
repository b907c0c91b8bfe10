import { categoryOf, type TextColumn } from "../../interactions/catalogue.ts";
import { type Filters, matching } from "./filters.ts";
import type { Products } from "./products.ts";

/**
 * Finds products by words: each must occur in the id, brand, category or title, ignoring case. The
 * most popular come first, ties in the order of their numbers.
 *
 * @param query Words between spaces; none finds all.
 * @param popularity One number per product.
 * @returns Numbers of products, in or out of stock; none that was deleted.
 */
export function searchProducts(
  products: Products,
  { query = "", popularity, ...filters }: Filters & { query?: string; popularity: Float32Array },
): number[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const finders = words.map((word) => finderOf(products, word));
  const passes = matching(products, filters);
  const found: number[] = [];
  for (let item = 0; item < passes.length; item++) {
    if (passes[item] === 0 || products.isDeleted(item)) continue;
    if (finders.every((finds) => finds(item))) found.push(item);
  }
  return found.sort((a, b) => popularity[b] - popularity[a] || a - b);
}

/** Checks each distinct brand and title once. */
function finderOf(products: Products, word: string): (item: number) => boolean {
  const { catalogue } = products;
  const columns = [catalogue.brand, catalogue.title].map((column) => holds(column, word));
  return (item) =>
    columns.some((isIn) => isIn(item)) ||
    categoryOf(catalogue, item).toLowerCase().includes(word) ||
    products.idAt(item).toLowerCase().includes(word);
}

function holds({ codes, values }: TextColumn, word: string): (item: number) => boolean {
  const fitting = values.map((text) => text.toLowerCase().includes(word));
  return (item) => fitting[codes[item]];
}
