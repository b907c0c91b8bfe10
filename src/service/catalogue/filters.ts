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

/** Whether there is anything to filter by, besides single products. */
export function isFiltering(
  { brand, notBrand, category, notCategory, minPrice, maxPrice }: Filters,
): boolean {
  return [brand, notBrand, category, notCategory, minPrice, maxPrice]
    .some((limit) => limit !== undefined);
}

/** One number per product: 1 for those that pass all filters, in stock or not, 0 for the others. */
export function matching(products: Products, filters: Filters): Uint8Array {
  const passes = new Uint8Array(products.size).fill(1);
  keepMatching(passes, products, filters);
  return passes;
}

/** Sets to 0 what doesn't pass all filters, as {@linkcode matching} says. */
export function keepMatching(passes: Uint8Array, products: Products, filters: Filters): void {
  const { brand, notBrand, category, notCategory, minPrice, maxPrice, not = [] } = filters;
  const { catalogue } = products;
  const isBrand = (names: readonly string[]): Test => {
    const wanted = namesIn(names, catalogue.brand.values);
    return (text) => wanted.has(text.toLowerCase());
  };
  if (brand) keep(passes, catalogue.brand, isBrand(brand));
  if (notBrand) keep(passes, catalogue.brand, isNot(isBrand(notBrand)));
  if (category) keepCategories(passes, products, { names: category, keeps: 1 });
  if (notCategory) keepCategories(passes, products, { names: notCategory, keeps: 0 });
  if (minPrice !== undefined || maxPrice !== undefined) {
    const [least, most] = [Math.fround(minPrice ?? 0), Math.fround(maxPrice ?? Infinity)];
    const { price } = catalogue;
    for (let item = 0; item < passes.length; item++) {
      const is = price[item];
      passes[item] &= Number(is > 0) & Number(is >= least) & Number(is <= most);
    }
  }
  for (const productId of not) {
    const item = products.indexOf(productId);
    if (item >= 0) passes[item] = 0;
  }
}

type Test = (text: string) => boolean;

function isNot(test: Test): Test {
  return (text) => !test(text);
}

/**
 * Names in lower case. One with commas that nothing is called, nor a parent of a category, means
 * those between them, as many clients write lists: `a,b` is `a` and `b`.
 *
 * @param known What there is.
 */
function namesIn(names: readonly string[], known: readonly string[]): ReadonlySet<string> {
  const isKnown = (name: string) =>
    known.some((text) => `${text.toLowerCase()}.`.startsWith(`${name}.`));
  return new Set(
    names.map((name) => name.toLowerCase()).flatMap((name) =>
      name.includes(",") && !isKnown(name) ? name.split(",").map((part) => part.trim()) : [name]
    ),
  );
}

/** Checks each distinct text once. */
function keep(passes: Uint8Array, { codes, values }: TextColumn, fits: Test): void {
  const fitting = check(values, fits);
  for (let item = 0; item < passes.length; item++) passes[item] &= fitting[codes[item]];
}

function check(values: readonly string[], fits: Test): Uint8Array {
  return Uint8Array.from(values, (text) => fits(text) ? 1 : 0);
}

/** @param options `keeps`: 1 to keep the products of these categories, 0 to keep the others. */
function keepCategories(
  passes: Uint8Array,
  { catalogue: { categoryCode, categoryId } }: Products,
  { names, keeps }: { names: readonly string[]; keeps: 0 | 1 },
): void {
  const wanted = namesIn(names, [...categoryCode.values, ...categoryId.values]);
  const paths = check(categoryCode.values, (path) => isWithin(path.toLowerCase(), wanted));
  const numbers = check(
    categoryId.values,
    (number) => number !== UNKNOWN && wanted.has(number.toLowerCase()),
  );
  for (let item = 0; item < passes.length; item++) {
    const isWanted = paths[categoryCode.codes[item]] | numbers[categoryId.codes[item]];
    if (isWanted !== keeps) passes[item] = 0;
  }
}

/** Whether a path or one of its parents is among the categories. */
function isWithin(path: string, categories: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    if (categories.has(path.slice(0, end))) return true;
  }
  return false;
}
