import type { ProductFacts } from "../../service/catalogue/products.ts";
import { formatPrice } from "../../base/format.ts";
import { sum } from "../../base/statistics.ts";
import { ProductLine } from "../frame/product.tsx";
import { shopPlace } from "./card.tsx";
import { GoesTogether } from "./together.tsx";

/**
 * The link to the cart, with how many products are in it.
 *
 * @param replaces Whether it takes the place of the one on the page. Default no.
 */
export function CartLink({ count, replaces = false }: { count: number; replaces?: boolean }) {
  return (
    <a id="cart" href="shop/cart" hx-swap-oob={replaces ? "true" : undefined}>
      Cart ({count})
    </a>
  );
}

/** What is in the cart, and buying it. */
export function CartPage(
  { products, together, bought }: {
    products: readonly ProductFacts[];
    /** What goes with them. */
    together: readonly ProductFacts[];
    bought: boolean;
  },
) {
  if (products.length === 0) {
    return (
      <>
        <h1>Cart</h1>
        <p>
          {bought ? "Thank you! The purchase counts from now on. " : "The cart is empty. "}
          <a href="shop">See what is recommended now</a>
        </p>
      </>
    );
  }
  return (
    <>
      <h1>Cart</h1>
      <ul class="list">
        {products.map((product) => (
          <li>
            <ProductLine product={product} place={shopPlace(product.productId)}>
              <form method="post" action="shop/events">
                <input type="hidden" name="productId" value={product.productId} />
                <input type="hidden" name="type" value="remove_from_cart" />
                <button type="submit" class="quiet">Remove</button>
              </form>
            </ProductLine>
          </li>
        ))}
      </ul>
      <form method="post" action="shop/buy">
        <p>Total: {formatPrice(sum(products.map(({ price }) => price)))}</p>
        <button type="submit">Buy</button>
      </form>
      <GoesTogether products={together} />
    </>
  );
}
