import { priceText, productName } from "../../analysis/report/product.ts";
import type { ProductFacts } from "../../service/catalogue/products.ts";
import { Picture } from "../frame/product.tsx";

/** Where the page is that uses the tag. */
export const TAG_PLACE = "shop/tag";

/**
 * A product's page as a shop builds it with the tag alone: the tag reports the view, the cart and
 * the purchase under an anonymous id once the visitor agrees, and fills the list.
 *
 * @param publicKey One of `PUBLIC_KEYS`.
 * @param placement The placement that the list shows. Default what a model recommends.
 */
export function TagPage({ product, publicKey, placement }: {
  product: ProductFacts;
  publicKey: string;
  placement?: string;
}) {
  const { productId, price } = product;
  const list = placement === undefined
    ? { "data-recommender": "for-you" }
    : { "data-placement": placement };
  return (
    <>
      <script src="../tag.js" data-key={publicKey} data-product={productId} defer></script>
      <script src="files/tag_page.js" defer></script>
      <div class="hero">
        <Picture product={product} />
        <div>
          <h1>
            <bdi>{productName(product)}</bdi>
          </h1>
          <p class="price">{priceText(product)}</p>
          <p class="line">
            <button type="button" data-recommender-cart={productId}>Add to cart</button>
            <button type="button" data-tag-buy={productId} data-price={price}>Buy</button>
          </p>
        </div>
      </div>
      <p>
        This page has <a href="../tag.js">the tag</a>{" "}
        and nothing else of the demo: the list below takes what you do into account at once, and
        nothing is stored before you agree.
      </p>
      <p class="line">
        <button type="button" class="quiet" data-tag-consent="on">Agree</button>
        <button type="button" class="quiet" data-tag-consent="off">Withdraw</button>
        <span id="tag-visitor" aria-live="polite">You are nobody.</span>
      </p>
      <h2>{placement === undefined ? "For you" : `Placement ${placement}`}</h2>
      <div id="tag-list" {...list} data-k="6">
        <p>The list needs scripts, and a service that answers without a token.</p>
      </div>
    </>
  );
}
