import { formatPrice } from "../../base/format.ts";
import { type Html, html } from "./html.ts";
import { type PicturedProduct, productPicture, UNKNOWN_BRAND } from "./product_picture.ts";

/** A product as people see it. */
export interface ShownProduct extends PicturedProduct {
  readonly productId: string;
  /** Absent if the shop gave none. */
  readonly title?: string;
}

/**
 * What people call a product: its title or, without one, its brand and id.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const product = { productId: "7", brand: "runail", category: "nails", price: 5 };
 * assertEquals(productName(product), "runail 7");
 * assertEquals(productName({ ...product, title: "Nail file" }), "Nail file");
 * ```
 */
export function productName({ title, brand, productId }: ShownProduct): string {
  if (title !== undefined) return title;
  return brand === UNKNOWN_BRAND ? `Product ${productId}` : `${brand} ${productId}`;
}

/** `5.24`; nothing if the price is unknown. */
export function priceText({ price }: PicturedProduct): string {
  return price > 0 ? formatPrice(price) : "";
}

/**
 * A product in one line, with its picture.
 *
 * @param note What else is to be said of it. Default nothing.
 */
export function productLine(product: ShownProduct, note?: string): Html {
  const facts = [priceText(product), note ?? ""].filter((text) => text !== "").join(", ");
  return html`
    <li class="product">
      ${productPicture(product)}
      <div class="about"><bdi>${productName(product)}</bdi><p class="faint">${facts}</p></div>
    </li>
  `;
}
