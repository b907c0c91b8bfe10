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
export const CHANGE_EXPIRES_IN = 7 * MS_PER_DAY;

/** A transaction of Deno KV has at most 80 KiB of keys and 800 KiB in all. */
const MAX_PRODUCTS = 100;
const MAX_BYTES = 60_000;

/** How many keys Deno KV reads in one call. */
const MAX_READS = 10;

/**
 * Merges changes into what the shop has said of products before, in transactions of up to a hundred
 * products, each of which is stored as a whole or not at all.
 *
 * @param changes By product id.
 */
export async function changeProducts(
  kv: Deno.Kv,
  changes: ReadonlyMap<string, ProductChange>,
): Promise<void> {
  for (const batch of batches(changes)) while (!await changeBatch(kv, batch));
}

type Change = readonly [productId: string, change: ProductChange];

function* batches(changes: ReadonlyMap<string, ProductChange>): Generator<Change[]> {
  let batch: Change[] = [];
  let bytes = 0;
  for (const [productId, change] of changes) {
    // A character takes up to three bytes.
    const size = 100 + 3 * (productId.length + JSON.stringify(change).length);
    if (batch.length === MAX_PRODUCTS || batch.length > 0 && bytes + size > MAX_BYTES) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push([productId, change]);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** @returns False, with nothing written, if products were changed in the meantime. */
async function changeBatch(kv: Deno.Kv, batch: readonly Change[]): Promise<boolean> {
  const catalogue = await kv.get<number>(keys.catalogue);
  // Every change of a product changes the catalogue, so that checking it covers all of them.
  const transaction = kv.atomic().check(catalogue);
  let sequence = catalogue.value ?? 0;
  for (let at = 0; at < batch.length; at += MAX_READS) {
    const part = batch.slice(at, at + MAX_READS);
    const products = await kv.getMany<ProductChange[]>(part.map(([id]) => keys.product(id)));
    part.forEach(([productId, change], i) => {
      transaction.set(products[i].key, { ...products[i].value, ...change });
      transaction.set(keys.change(++sequence), productId, { expireIn: CHANGE_EXPIRES_IN });
    });
  }
  transaction.set(catalogue.key, sequence);
  return (await whenUnlocked(() => transaction.commit())).ok;
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
    // A change of a rule has no product.
    if (productId === "") continue;
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
