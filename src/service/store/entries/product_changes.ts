import { MS_PER_DAY } from "../../../base/time.ts";
import { keys } from "./keys.ts";
import type { ProductChange } from "./stored_event.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** What the shop has said of products since an earlier change. */
export interface ProductChanges {
  /** How many changes there have been in all; where to continue next time. */
  readonly sequence: number;
  /** All that the shop has said of the changed products, by product id. */
  readonly products: ReadonlyMap<string, ProductChange>;
}

/** How long the log of changes is kept; a process that last read it before reads all products. */
const CHANGE_EXPIRES_IN = 7 * MS_PER_DAY;

/** Merges a change into what the shop has said of a product before. */
export async function changeProduct(
  kv: Deno.Kv,
  productId: string,
  change: ProductChange,
): Promise<void> {
  while (true) {
    const [product, catalogue] = await kv.getMany<[ProductChange, number]>([
      keys.product(productId),
      keys.catalogue,
    ]);
    const sequence = (catalogue.value ?? 0) + 1;
    const transaction = kv.atomic()
      .check(product, catalogue)
      .set(product.key, { ...product.value, ...change })
      .set(catalogue.key, sequence)
      .set(keys.change(sequence), productId, { expireIn: CHANGE_EXPIRES_IN });
    const { ok } = await whenUnlocked(() => transaction.commit());
    if (ok) return;
  }
}

/** Reads what has changed after the change number `since`; 0 reads everything. */
export async function readProductChanges(kv: Deno.Kv, since: number): Promise<ProductChanges> {
  const sequence = (await kv.get<number>(keys.catalogue)).value ?? 0;
  if (since === sequence) return { sequence, products: new Map() };
  const isLater = since > 0 && since < sequence;
  const changed = isLater ? await readChanged(kv, { since, sequence }) : undefined;
  return { sequence, products: changed ?? await readAll(kv) };
}

/** @returns Undefined if the log doesn't reach back that far. */
async function readChanged(
  kv: Deno.Kv,
  { since, sequence }: { since: number; sequence: number },
): Promise<ReadonlyMap<string, ProductChange> | undefined> {
  const range = { start: keys.change(since + 1), end: keys.change(sequence + 1) };
  const ids = await Array.fromAsync(kv.list<string>(range), ({ value }) => value);
  if (ids.length < sequence - since) return undefined;
  const products = new Map<string, ProductChange>();
  for (const productId of new Set(ids)) {
    const { value } = await kv.get<ProductChange>(keys.product(productId));
    if (value) products.set(productId, value);
  }
  return products;
}

async function readAll(kv: Deno.Kv): Promise<ReadonlyMap<string, ProductChange>> {
  const products = new Map<string, ProductChange>();
  const entries = kv.list<ProductChange>({ prefix: keys.products }, { batchSize: 1000 });
  for await (const { key, value } of entries) products.set(String(key[1]), value);
  return products;
}
