import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { categoryOf, textAt } from "../../interactions/catalogue.ts";
import { EMPTY_HISTORY } from "../../interactions/history.ts";
import type { Shop } from "../../service/recommend/shop.ts";

/** A category as a shop shows it. */
export interface ShopCategory {
  /** What the API calls it. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
}

/** How many titles name a category. */
const TITLES = 30;

/** A word names a category if it is in this share of its products' titles. */
const COMMON = .8;
const FEWEST_TITLES = 3;

/**
 * The categories whose products are the most popular together; of several with the same name, the
 * first.
 *
 * @param options `most`: how many. `mostNameless`: how many of them without a name, since numbers
 * help nobody to choose.
 */
export function topCategories(
  { recommender: { products, models } }: Shop,
  { most = 24, mostNameless = 6 }: { most?: number; mostNameless?: number } = {},
): ShopCategory[] {
  const popularity = models.score(FALLBACK_MODEL, EMPTY_HISTORY);
  const found = new Map<string, { sum: number; titles: string[] }>();
  for (let item = 0; item < products.size; item++) {
    const id = categoryOf(products.catalogue, item);
    const category = found.get(id) ?? { sum: 0, titles: [] };
    found.set(id, category);
    category.sum += Math.max(0, popularity[item]);
    if (category.titles.length < TITLES) {
      category.titles.push(textAt(products.catalogue.title, item));
    }
  }
  const byName = new Map<string, ShopCategory>();
  let namelessLeft = mostNameless;
  for (const [id, { titles }] of [...found].sort(([, a], [, b]) => b.sum - a.sum)) {
    const name = categoryName(id, titles);
    if (name === nameless(id) && namelessLeft-- <= 0) continue;
    if (!byName.has(name)) byName.set(name, { id, name });
    if (byName.size === most) break;
  }
  return [...byName.values()];
}

/**
 * What people call a category: the end of its path or, of one that has only a number, the words
 * that its products' titles share.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(categoryName("apparel.rain_coat", []), "Rain coat");
 * const titles = ["Ada nail file (mint)", "Ida nail file (rose)", "Eva nail file (plum)"];
 * assertEquals(categoryName("148758", titles), "Nail file");
 * ```
 */
export function categoryName(id: string, titles: readonly string[]): string {
  if (!/^\d+$/.test(id)) return capitalized(id.slice(id.lastIndexOf(".") + 1).replaceAll("_", " "));
  const words = titles.map((title) => title.split(/\s+/));
  if (words.length < FEWEST_TITLES) return nameless(id);
  const isCommon = (word: string) =>
    words.filter((others) => others.includes(word)).length >= COMMON * words.length;
  return capitalized(words[0].filter((word) => word !== "" && isCommon(word)).join(" ")) ||
    nameless(id);
}

function nameless(id: string): string {
  return `Category ${id}`;
}

function capitalized(text: string): string {
  return text && text[0].toUpperCase() + text.slice(1);
}
