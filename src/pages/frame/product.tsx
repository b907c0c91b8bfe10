import type { Child } from "hono/jsx";
import { raw } from "hono/html";
import { priceText, productName } from "../../analysis/report/product.ts";
import { productPicture } from "../../analysis/report/product_picture.ts";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import type { ProductFacts } from "../../service/catalogue/products.ts";

/** A product's picture: the shop's own, or drawn from category, brand and price. */
export function Picture({ product }: { product: ProductFacts }) {
  const { imageUrl } = product;
  // Others would be blocked by the policy of the pages.
  if (imageUrl?.startsWith("https://")) {
    return (
      <img class="picture" src={imageUrl} alt="" loading="lazy" referrerpolicy="no-referrer" />
    );
  }
  return raw(productPicture(product).text);
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
  // Without a title, the brand is in the name.
  const isBrandNamed = product.title !== undefined && product.brand !== UNKNOWN;
  return (
    <div class="product">
      <Picture product={product} />
      <div class="about">
        <a class="name" href={place}>
          <bdi>{productName(product)}</bdi>
        </a>
        <p class="faint">
          {isBrandNamed && <bdi>{product.brand}</bdi>} {priceText(product)}
        </p>
        {children}
      </div>
    </div>
  );
}
