import type { z } from "zod";
import type { storedRule } from "../../schema/business_rules.ts";
import type { experimentRule } from "../../schema/experiments.ts";
import type { Immutable } from "../../schema/immutable.ts";
import { keys } from "./keys.ts";
import { CHANGE_EXPIRES_IN } from "./product_changes.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** A rule that the shop put: what it changes about lists. */
export type ShopRule = Immutable<z.output<typeof storedRule>>;

/** The shop's rules by name, in the order of their names. */
export type ShopRules = ReadonlyMap<string, ShopRule>;

/** An experiment that the shop put. */
export type Experiment = Immutable<z.output<typeof experimentRule>>;

/** Experiments by name, in the order of their names. */
export type Experiments = ReadonlyMap<string, Experiment>;

/**
 * Sets a rule or an experiment, or deletes it. Every process learns of it as of a change of a
 * product.
 *
 * @param key That of the rule or experiment.
 */
export async function changeNamed(
  kv: Deno.Kv,
  key: Deno.KvKey,
  value: ShopRule | Experiment | undefined,
): Promise<void> {
  while (true) {
    const catalogue = await kv.get<number>(keys.catalogue);
    const sequence = (catalogue.value ?? 0) + 1;
    const transaction = kv.atomic()
      .check(catalogue)
      .set(catalogue.key, sequence)
      .set(keys.change(sequence), "", { expireIn: CHANGE_EXPIRES_IN });
    if (value) transaction.set(key, value);
    else transaction.delete(key);
    if ((await whenUnlocked(() => transaction.commit())).ok) return;
  }
}

/** Reads all rules, or all experiments, by name. */
export async function readNamed<Value>(
  kv: Deno.Kv,
  prefix: Deno.KvKey,
): Promise<ReadonlyMap<string, Value>> {
  const named = new Map<string, Value>();
  const entries = kv.list<Value>({ prefix }, { batchSize: 1000 });
  for await (const { key, value } of entries) named.set(String(key[1]), value);
  return named;
}
