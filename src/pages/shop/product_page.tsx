import type { z } from "zod";
import type { ProductFacts, Products } from "../../service/catalogue/products.ts";
import type { Shop } from "../../service/recommend/shop.ts";
import type { productAnswer, similarAnswer } from "../../service/schema/answers.ts";
import { priceText, productName } from "../../analysis/report/product.ts";
import { Picture } from "../frame/product.tsx";
import { apiPath, type Ask } from "../visit/ask.ts";
import { Cards } from "./card.tsx";
import { ForYou, type ForYouOf } from "./for_you.tsx";
import { GoesTogether, readTogether } from "./together.tsx";

type Product = z.output<typeof productAnswer>;
type Similar = z.output<typeof similarAnswer>;

/** How many products stand beside one. */
const BESIDE = 6;

/** What a product's page shows besides the row. */
interface Seen {
  readonly product: Product;
  readonly similar: Similar["items"];
  readonly together: readonly ProductFacts[];
}

/**
 * Reads what a product's page shows.
 *
 * @throws {PageProblem} If there is no such product.
 */
export async function readProduct(ask: Ask, shop: Shop, productId: string): Promise<Seen> {
  const [product, { items: similar }, together] = await Promise.all([
    ask.get<Product>(apiPath(["products", productId])),
    ask.get<Similar>(apiPath(["similar", productId], { k: String(BESIDE) })),
    readTogether(ask, shop, [productId]),
  ]);
  return { product, similar, together };
}

/** A product, with similar ones and what is bought with it. Looking at it is an event. */
export function ProductPage(
  { product, similar, together, row, products }: Seen & { row: ForYouOf; products: Products },
) {
  const { productId, inStock } = product;
  return (
    <>
      <div class="hero">
        <Picture product={product} />
        <div>
          <h1>
            <bdi>{productName(product)}</bdi>
          </h1>
          <p class="price">{priceText(product)}</p>
          {inStock ? <ToCart productId={productId} /> : <p class="error">Out of stock</p>}
        </div>
      </div>
      <div
        hx-post="shop/events"
        hx-vals={JSON.stringify({ productId, type: "view" })}
        hx-trigger="load"
        hx-target="#for-you"
        hx-swap="outerHTML"
      />
      <ForYou row={row} products={products} />
      <GoesTogether products={together} />
      <h2>Similar products</h2>
      <Cards products={similar} />
    </>
  );
}

function ToCart({ productId }: { productId: string }) {
  return (
    <form
      method="post"
      action="shop/events"
      hx-post="shop/events"
      hx-target="#for-you"
      hx-swap="outerHTML"
    >
      <input type="hidden" name="productId" value={productId} />
      <input type="hidden" name="type" value="cart" />
      <button type="submit">Add to cart</button>
    </form>
  );
}
