import { markedItems } from "../../interactions/item_marks.ts";
import { type Filters, isFiltering, matching } from "./filters.ts";
import type { Products } from "./products.ts";

/**
 * The products that a list must not contain: those out of stock or deleted, and those that
 * don't pass all filters.
 *
 * @param allowed One number per product, 0 for further ones that it must not contain. Default none.
 * @returns Item numbers, ascending, each once.
 */
export function hiddenProducts(
  products: Products,
  filters: Filters,
  allowed?: Uint8Array,
): Uint32Array {
  const { unavailable } = products;
  if (!isFiltering(filters) && !allowed) {
    const omitted = (filters.not ?? []).map((productId) => products.indexOf(productId));
    return Uint32Array.from(unavailable.union(new Set(omitted.filter((item) => item >= 0)))).sort();
  }
  const passes = matching(products, filters);
  for (const item of unavailable) passes[item] = 0;
  if (allowed) { for (let item = 0; item < passes.length; item++) passes[item] &= allowed[item]; }
  return markedItems(passes, 0);
}
