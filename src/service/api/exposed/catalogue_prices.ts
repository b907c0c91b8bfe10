import { shortestDecimal } from "../../../base/float32.ts";
import type { Shop } from "../../recommend/shop.ts";

/** The present prices of a shop's products by id; undefined where there is none. */
export function cataloguePrices(
  { recommender: { products } }: Pick<Shop, "recommender">,
): (productId: string) => number | undefined {
  return (productId) => {
    const item = products.indexOf(productId);
    const price = item < 0 ? NaN : shortestDecimal(products.catalogue.price[item]);
    return price > 0 ? price : undefined;
  };
}
