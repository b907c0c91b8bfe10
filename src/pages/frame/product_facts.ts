import { UNKNOWN } from "../../interactions/catalogue.ts";
import type { ProductFacts, Products } from "../../service/catalogue/products.ts";

/** The facts of a product by its id; of one that nobody knows, only the id. */
export function factsOf(products: Products, productId: string): ProductFacts {
  const item = products.indexOf(productId);
  if (item >= 0) return products.facts(item);
  return { productId, brand: UNKNOWN, category: UNKNOWN, price: 0 };
}
