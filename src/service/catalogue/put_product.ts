import type { ProductChange } from "../store/entries/stored_event.ts";
import type { Products } from "./products.ts";

/** What takes back all that was known of a product, but not when it came. */
const NOTHING_KNOWN: ProductChange = {
  brand: "",
  category: "",
  categoryId: "",
  price: 0,
  title: "",
  imageUrl: "",
  url: "",
  inStock: true,
  fields: {},
};

/**
 * The change that a `PUT` of a product makes. A new product comes now, unless the shop says when. A
 * deleted one has the facts of the `PUT` alone; it came when it first did, so it isn't new again.
 *
 * @param change What the shop sent.
 * @param now Milliseconds since 1970-01-01 UTC.
 */
export function changeOfPut(
  products: Products,
  { productId, change, now }: {
    readonly productId: string;
    readonly change: ProductChange;
    readonly now: number;
  },
): ProductChange {
  const item = products.indexOf(productId);
  if (item < 0) return { addedAt: now, ...change, deleted: false };
  if (products.isDeleted(item)) return { ...NOTHING_KNOWN, ...change, deleted: false };
  return { ...change, deleted: false };
}
