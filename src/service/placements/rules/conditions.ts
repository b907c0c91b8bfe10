import { matching } from "../../catalogue/filters.ts";
import type { Products } from "../../catalogue/products.ts";
import type { ProductConditions } from "../definition/schema.ts";

/** What was found for some conditions, and the state of the products that it was found in. */
interface Found {
  readonly products: Products;
  readonly sequence: number;
  readonly mask: Uint8Array;
}

const cache = new WeakMap<ProductConditions, Found>();

/**
 * One number per product: 1 for those that meet all conditions. Cached until products change; not
 * to be changed.
 */
export function meeting(products: Products, conditions: ProductConditions): Uint8Array {
  const last = cache.get(conditions);
  const { sequence } = products;
  if (last?.products === products && last.sequence === sequence) return last.mask;
  const mask = find(products, conditions);
  cache.set(conditions, { products, sequence, mask });
  return mask;
}

function find(products: Products, conditions: ProductConditions): Uint8Array {
  const { products: ids, fields = {}, ...facets } = conditions;
  const mask = matching(products, facets);
  if (ids) keepOnly(mask, new Set(ids.map((id) => products.indexOf(id))));
  for (const [name, { min = -Infinity, max = Infinity }] of Object.entries(fields)) {
    const values = products.fields.named(name);
    keepOnly(
      mask,
      new Set(
        [...values].filter(([, value]) => value >= min && value <= max)
          .map(([item]) => item),
      ),
    );
  }
  return mask;
}

function keepOnly(mask: Uint8Array, items: ReadonlySet<number>): void {
  for (let item = 0; item < mask.length; item++) if (!items.has(item)) mask[item] = 0;
}
