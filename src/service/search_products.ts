import type { Products } from "./products.ts";
import { type Filters, matching } from "./filters.ts";

/**
 * Finds products by words: each must occur in the id, brand, category or title, in any case. The most popular
 * come first, those of the same popularity in the order of their numbers.
 *
 * @param query Words between spaces; none finds all.
 * @param popularity One number per product.
 * @returns Numbers of products, in or out of stock.
 */
export function searchProducts(
  products: Products,
  { query = "", popularity, ...filters }: Filters & { query?: string; popularity: Float32Array },
): number[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const passes = matching(products, filters);
  const found: number[] = [];
  for (let item = 0; item < passes.length; item++) {
    if (passes[item] === 1 && words.every((word) => describe(products, item).includes(word))) {
      found.push(item);
    }
  }
  return found.sort((a, b) => popularity[b] - popularity[a] || a - b);
}

function describe(products: Products, item: number): string {
  const { productId, brand, category, title = "" } = products.facts(item);
  return [productId, brand, category, title].join("\n").toLowerCase();
}
