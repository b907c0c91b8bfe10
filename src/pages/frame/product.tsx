import type { Child } from "hono/jsx";
import { raw } from "hono/html";
import { productPicture } from "../../analysis/report/product_picture.ts";
import { formatPrice } from "../../base/format.ts";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import type { ProductFacts } from "../../service/catalogue/products.ts";

/** A product's picture: the shop's own, or drawn from category, brand and price. */
export function Picture({ product }: { product: ProductFacts }) {
  return raw(productPicture(product).text);
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
export function productName({ title, brand, productId }: ProductFacts): string {
  if (title !== undefined) return title;
  return brand === UNKNOWN ? `Product ${productId}` : `${brand} ${productId}`;
}

/** `5.24`; nothing if the price is unknown. */
export function priceText({ price }: ProductFacts): string {
  return price > 0 ? formatPrice(price) : "";
}

/** Where a product's page is. */
export function productPlace(productId: string): string {
  return `products/${encodeURIComponent(productId)}`;
}

/**
 * A product in one line: picture, name, brand and price, and what else is to be said of it.
 *
 * @param place Where its name leads. Default its page.
 */
export function ProductLine(
  { product, place = productPlace(product.productId), children }: {
    product: ProductFacts;
    place?: string;
    children?: Child;
  },
) {
  return (
    <div class="product">
      <Picture product={product} />
      <div class="about">
        <a class="name" href={place}>
          <bdi>{productName(product)}</bdi>
        </a>
        <p class="faint">
          {product.brand !== UNKNOWN && <bdi>{product.brand}</bdi>} {priceText(product)}
        </p>
        {children}
      </div>
    </div>
  );
}
