import { SYLLABLES } from "./names.ts";

/** What the categories sell; a category with a path sells what the path ends with. */
const NOUNS: readonly string[] = [
  ...["nail polish", "gel polish", "base coat", "top coat", "nail file", "cuticle oil"],
  ...["lip balm", "lipstick", "lip gloss", "lip liner", "mascara", "eyeliner", "eye shadow"],
  ...["eyebrow pencil", "face cream", "night cream", "day cream", "hand cream", "foot cream"],
  ...["face mask", "sheet mask", "hair mask", "shampoo", "conditioner", "hair oil", "hair spray"],
  ...["hair brush", "comb", "scissors", "tweezers", "powder", "blush", "bronzer", "highlighter"],
  ...["foundation", "concealer", "primer", "make-up brush", "sponge", "make-up remover", "toner"],
  ...["serum", "cleansing foam", "shower gel", "body lotion", "body scrub", "soap", "bath salt"],
  ...["perfume", "deodorant", "sun cream", "shaving foam", "wax strips", "false lashes"],
];

/** What tells the products of a series apart; further ones are numbered. */
const VARIANTS: readonly string[] = [
  ...["rose", "ivory", "coral", "plum", "honey", "sand", "mint", "berry", "pearl", "cocoa"],
  ...["peach", "ruby", "olive", "lilac", "amber", "smoke"],
];

/** A product to be named. */
export interface Untitled {
  /** Empty for none. */
  readonly brand: string;
  /** The number of its category, and the category's path; empty for none. */
  readonly category: number;
  readonly code: string;
  /** The number of its series. */
  readonly series: number;
  /** Its place in its series, from 0. */
  readonly variant: number;
}

/**
 * Invents a product's title: brand, name of the series, kind, and what distinguishes it from the
 * others of its series.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const bag = { brand: "irisk", category: 3, code: "accessories.bag", series: 24, variant: 0 };
 * assertEquals(titleOf(bag), "Irisk Vrizu bag (rose)");
 * ```
 */
export function titleOf({ brand, category, code, series, variant }: Untitled): string {
  const noun = code === ""
    ? NOUNS[category % NOUNS.length]
    : code.slice(code.lastIndexOf(".") + 1).replaceAll("_", " ");
  const words = `${capitalized(brand)} ${capitalized(seriesName(series))} ${noun}`.trim();
  return `${words} (${variantOf(variant)})`;
}

function variantOf(place: number): string {
  const round = Math.floor(place / VARIANTS.length);
  const variant = VARIANTS[place % VARIANTS.length];
  return round === 0 ? variant : `${variant} ${round + 1}`;
}

/** Two syllables, different for 576 series. */
function seriesName(series: number): string {
  const first = Math.floor(series / SYLLABLES.length) % SYLLABLES.length;
  return SYLLABLES[first] + SYLLABLES[series % SYLLABLES.length];
}

function capitalized(text: string): string {
  return text && text[0].toUpperCase() + text.slice(1);
}
