import type { z } from "zod";
import type { ProductFacts } from "../../service/catalogue/products.ts";
import type { Shop } from "../../service/recommend/shop.ts";
import type { togetherAnswer } from "../../service/schema/answers.ts";
import type { Ask } from "../visit/ask.ts";
import { Cards } from "./card.tsx";

/** How many products stand beside one, or below a cart. */
const MOST = 6;

/** The largest basket that can be asked about. */
const LARGEST_BASKET = 100;

/** What goes with some products; nothing if the artifact has no such table, or there are none. */
export async function readTogether(
  ask: Ask,
  { together: { absent } }: Shop,
  productIds: readonly string[],
): Promise<readonly ProductFacts[]> {
  if (absent !== undefined || productIds.length === 0) return [];
  const body = { productIds: productIds.slice(-LARGEST_BASKET), k: MOST };
  return (await ask.send<z.output<typeof togetherAnswer>>("POST", "/together", body)).items;
}

/** What goes with a product or a cart. */
export function GoesTogether({ products }: { products: readonly ProductFacts[] }) {
  if (products.length === 0) return null;
  return (
    <section aria-labelledby="together-title">
      <h2 id="together-title">Goes together</h2>
      <Cards products={products} />
    </section>
  );
}
