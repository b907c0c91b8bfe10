import { type TextColumn, UNKNOWN } from "../interactions/catalogue.ts";
import type { Products } from "./products.ts";

/** Which products may be in a list. What is left out doesn't matter. */
export interface Filters {
  /** The brand, in any case. */
  brand?: string;
  /** The category's path, that of a category above it, or its number; in any case. */
  category?: string;
  /** In the shop's currency; a product whose price isn't known passes no limit. */
  minPrice?: number;
  maxPrice?: number;
  /** Product ids to leave out. */
  not?: readonly string[];
}

/** Whether there is anything to filter by. */
export function isFiltering({ brand, category, minPrice, maxPrice }: Filters): boolean {
  return [brand, category, minPrice, maxPrice].some((limit) => limit !== undefined);
}

/** One number per product: 1 for those in stock that pass all filters, 0 for the others. */
export function passing(products: Products, filters: Filters): Uint8Array {
  const passes = matching(products, filters);
  for (let item = 0; item < passes.length; item++) {
    if (!products.isInStock(item)) passes[item] = 0;
  }
  return passes;
}

/** As {@linkcode passing}, whether in stock or not. */
export function matching(products: Products, filters: Filters): Uint8Array {
  const { brand, category, minPrice, maxPrice, not = [] } = filters;
  const { catalogue } = products;
  const passes = new Uint8Array(products.size).fill(1);
  if (brand !== undefined) {
    const wanted = brand.toLowerCase();
    keep(passes, catalogue.brand, (text) => text.toLowerCase() === wanted);
  }
  if (category !== undefined) keepCategory(passes, products, category.toLowerCase());
  if (minPrice !== undefined || maxPrice !== undefined) {
    const [least, most] = [Math.fround(minPrice ?? 0), Math.fround(maxPrice ?? Infinity)];
    catalogue.price.forEach((price, item) => {
      if (!(price > 0 && price >= least && price <= most)) passes[item] = 0;
    });
  }
  for (const productId of not) {
    const item = products.indexOf(productId);
    if (item >= 0) passes[item] = 0;
  }
  return passes;
}

/** Each different text is looked at once. */
function keep(passes: Uint8Array, { codes, values }: TextColumn, fits: (text: string) => boolean) {
  const fitting = values.map(fits);
  codes.forEach((code, item) => {
    if (!fitting[code]) passes[item] = 0;
  });
}

function keepCategory(passes: Uint8Array, { catalogue }: Products, wanted: string): void {
  const { categoryCode, categoryId } = catalogue;
  const paths = categoryCode.values.map((path) => {
    const text = path.toLowerCase();
    return text === wanted || text.startsWith(`${wanted}.`);
  });
  const numbers = categoryId.values.map((number) =>
    number.toLowerCase() === wanted && number !== UNKNOWN
  );
  for (let item = 0; item < passes.length; item++) {
    if (!paths[categoryCode.codes[item]] && !numbers[categoryId.codes[item]]) passes[item] = 0;
  }
}
