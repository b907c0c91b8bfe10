import type { Child } from "hono/jsx";
import type { ProductFacts } from "../../service/catalogue/products.ts";
import { priceText, productName } from "../../analysis/report/product.ts";
import { Picture } from "../frame/product.tsx";

/** Where a product is in the demo. */
export function shopPlace(productId: string): string {
  return `shop/products/${encodeURIComponent(productId)}`;
}

/** A product as a shop shows it. */
export function Card({ product, children }: { product: ProductFacts; children?: Child }) {
  return (
    <li class="card">
      <a href={shopPlace(product.productId)}>
        <Picture product={product} />
        <span class="name">
          <bdi>{productName(product)}</bdi>
        </span>
      </a>
      <span class="price">{priceText(product)}</span>
      {children}
    </li>
  );
}

/** Cards side by side. */
export function Cards({ products }: { products: readonly ProductFacts[] }) {
  return <ul class="cards-row">{products.map((product) => <Card product={product} />)}</ul>;
}
