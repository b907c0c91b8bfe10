import type { z } from "zod";
import { type TextColumn, UNKNOWN } from "../../interactions/catalogue.ts";
import type { Immutable } from "../schema/immutable.ts";
import type { filters } from "../schema/lists.ts";
import type { Products } from "./products.ts";

/**
 * Which products a list may contain; omitted filters accept all. Products without a known price
 * pass no price limit.
 */
export type Filters = Immutable<z.output<z.ZodObject<typeof filters>>>;

/** Whether there is anything to filter by. */
export function isFiltering({ brand, category, minPrice, maxPrice }: Filters): boolean {
  return [brand, category, minPrice, maxPrice].some((limit) => limit !== undefined);
}

/** One number per product: 1 for those that pass all filters, in stock or not, 0 for the others. */
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
    const { price } = catalogue;
    for (let item = 0; item < passes.length; item++) {
      const is = price[item];
      if (!(is > 0 && is >= least && is <= most)) passes[item] = 0;
    }
  }
  for (const productId of not) {
    const item = products.indexOf(productId);
    if (item >= 0) passes[item] = 0;
  }
  return passes;
}

/** Checks each distinct text once. */
function keep(passes: Uint8Array, { codes, values }: TextColumn, fits: (text: string) => boolean) {
  const fitting = Uint8Array.from(values, (text) => fits(text) ? 1 : 0);
  for (let item = 0; item < passes.length; item++) passes[item] &= fitting[codes[item]];
}

function keepCategory(passes: Uint8Array, { catalogue }: Products, wanted: string): void {
  const { categoryCode, categoryId } = catalogue;
  const paths = Uint8Array.from(categoryCode.values, (path) => {
    const text = path.toLowerCase();
    return text === wanted || text.startsWith(`${wanted}.`) ? 1 : 0;
  });
  const numbers = Uint8Array.from(
    categoryId.values,
    (number) => number.toLowerCase() === wanted && number !== UNKNOWN ? 1 : 0,
  );
  for (let item = 0; item < passes.length; item++) {
    passes[item] &= paths[categoryCode.codes[item]] | numbers[categoryId.codes[item]];
  }
}
