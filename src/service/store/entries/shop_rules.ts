import type { z } from "zod";
import type { storedRule } from "../../schema/business_rules.ts";
import type { Immutable } from "../../schema/immutable.ts";
import { keys } from "./keys.ts";
import { CHANGE_EXPIRES_IN } from "./product_changes.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** A rule that the shop put: what it changes about lists. */
export type ShopRule = Immutable<z.output<typeof storedRule>>;

/** The shop's rules by name, in the order of their names. */
export type ShopRules = ReadonlyMap<string, ShopRule>;

/** Sets a rule, or deletes it. Every process learns of it as of a change of a product. */
export async function changeRule(
  kv: Deno.Kv,
  name: string,
  rule: ShopRule | undefined,
): Promise<void> {
  while (true) {
    const catalogue = await kv.get<number>(keys.catalogue);
    const sequence = (catalogue.value ?? 0) + 1;
    const transaction = kv.atomic()
      .check(catalogue)
      .set(catalogue.key, sequence)
      .set(keys.change(sequence), "", { expireIn: CHANGE_EXPIRES_IN });
    if (rule) transaction.set(keys.rule(name), rule);
    else transaction.delete(keys.rule(name));
    if ((await whenUnlocked(() => transaction.commit())).ok) return;
  }
}

/** Reads all rules. */
export async function readRules(kv: Deno.Kv): Promise<ShopRules> {
  const rules = new Map<string, ShopRule>();
  const entries = kv.list<ShopRule>({ prefix: keys.rules }, { batchSize: 1000 });
  for await (const { key, value } of entries) rules.set(String(key[1]), value);
  return rules;
}
