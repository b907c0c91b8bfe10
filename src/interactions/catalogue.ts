/** A dictionary-encoded column: the text of an item is `values[codes[item]]`. */
export interface TextColumn {
  readonly codes: Uint32Array;
  readonly values: readonly string[];
}

/** Product data, by item number. */
export interface Catalogue {
  /** The shop's id of the product's category. */
  readonly categoryId: TextColumn;
  /**
   * The category's path, for example `appliances.kitchen.kettle`; `unknown` if the shop gave
   * none.
   */
  readonly categoryCode: TextColumn;
  /** `unknown` if the shop gave none. */
  readonly brand: TextColumn;
  /** The latest known price in the shop's currency; 0 if no price above zero is known. */
  readonly price: Float32Array;
  /** Present if the shop's events have a `title` column. */
  readonly title?: TextColumn;
  /** The address of the product's picture; present if the events have a column `image_url`. */
  readonly imageUrl?: TextColumn;
  /** The address of the product's page in the shop; present if the events have a column `url`. */
  readonly url?: TextColumn;
}

/** Columns that only some shops' events have, and what they are called in the catalogue. */
export const OPTIONAL_COLUMNS = { title: "title", image_url: "imageUrl", url: "url" } as const;

/** A part of the catalogue that only some shops have. */
export type OptionalText = (typeof OPTIONAL_COLUMNS)[keyof typeof OPTIONAL_COLUMNS];

/** All parts of the catalogue that only some shops have. */
export const OPTIONAL_TEXTS: readonly OptionalText[] = Object.values(OPTIONAL_COLUMNS);

/** The text of a missing brand or category. */
export const UNKNOWN = "unknown";

/**
 * Encodes one text per item.
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

/** A product's category for display: its path, or its id if the shop gave no path. */
export function categoryOf(catalogue: Catalogue, item: number): string {
  const code = textAt(catalogue.categoryCode, item);
  return code === UNKNOWN ? textAt(catalogue.categoryId, item) : code;
}

/**
 * What to call a product: its title and number, else its brand and number, else its number alone.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(productLabel({ id: "17", brand: "runail", title: "Base coat" }), "Base coat (17)");
 * assertEquals(productLabel({ id: "17", brand: "runail" }), "runail 17");
 * assertEquals(productLabel({ id: "17", brand: UNKNOWN }), "17");
 * ```
 */
export function productLabel(
  { id, brand, title }: { id: string; brand: string; title?: string | null },
): string {
  if (title && title !== UNKNOWN) return `${title} (${id})`;
  return brand === UNKNOWN ? id : `${brand} ${id}`;
}
