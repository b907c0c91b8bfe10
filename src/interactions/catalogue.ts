/** One text per item where few different texts occur: `values[codes[item]]` is the item's. */
export interface TextColumn {
  readonly codes: Uint32Array;
  readonly values: readonly string[];
}

/** What is known of the products, in the order of the item numbers. */
export interface Catalogue {
  /** The shop's number of the product's category, as text. */
  readonly categoryId: TextColumn;
  /**
   * The category's path, for example `appliances.kitchen.kettle`; `unknown` where the shop gave
   * none.
   */
  readonly categoryCode: TextColumn;
  /** `unknown` where the shop gave none. */
  readonly brand: TextColumn;
  /** The latest known price in the shop's currency; 0 where none above zero was ever seen. */
  readonly price: Float32Array;
  /** Present where the shop's events have a `title` column. */
  readonly title?: TextColumn;
}

/** What stands for a missing brand or category. */
export const UNKNOWN = "unknown";

/**
 * Stores texts, one per item, by code.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const brand = textColumn(["runail", "irisk", "runail"]);
 * assertEquals(brand, { codes: Uint32Array.of(0, 1, 0), values: ["runail", "irisk"] });
 * assertEquals(textAt(brand, 2), "runail");
 * ```
 */
export function textColumn(texts: readonly string[]): TextColumn {
  const codeOf = new Map<string, number>();
  const codes = Uint32Array.from(texts, (text) => {
    let code = codeOf.get(text);
    if (code === undefined) codeOf.set(text, code = codeOf.size);
    return code;
  });
  return { codes, values: [...codeOf.keys()] };
}

/** The text of one item. */
export function textAt({ codes, values }: TextColumn, item: number): string {
  return values[codes[item]];
}

/**
 * The category to show for a product: its path, or the category's number where the shop gave no
 * path.
 */
export function categoryOf(catalogue: Catalogue, item: number): string {
  const code = textAt(catalogue.categoryCode, item);
  return code === UNKNOWN ? textAt(catalogue.categoryId, item) : code;
}
