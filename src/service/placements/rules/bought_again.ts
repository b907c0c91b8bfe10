import { MS_PER_DAY } from "../../../base/time.ts";
import type { NamedRule } from "../definition/placements.ts";
import type { ProductConditions } from "../definition/schema.ts";
import type { Products } from "../../catalogue/products.ts";
import type { Who } from "../strategies/strategy.ts";
import { meeting } from "./conditions.ts";
import { type ItemEffect, type Outcome, withEffect } from "./outcome.ts";

/** What rules say of the products that a user bought. */
export interface BoughtAgain {
  /** Those that aren't listed for now, whatever else. */
  readonly hidden: ReadonlySet<number>;
  /** Those that are listed again, though they are the user's own. */
  readonly due: ReadonlySet<number>;
  readonly outcomes: readonly Outcome[];
  /** When the next of the hidden ones is listed again; milliseconds since 1970-01-01 UTC. */
  readonly until: number;
  /** What a rule did to a product. */
  of(item: number): ItemEffect[];
}

/** What {@linkcode boughtAgain} works with. */
export interface BoughtOptions {
  readonly products: Products;
  /** The weight from which an event is a purchase. */
  readonly purchaseWeight: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
}

/**
 * Which of the products that a user bought are listed again: those whose last purchase is as many
 * days ago as the first rule says that means them. A rule without days hides them for good.
 */
export function boughtAgain(
  rules: readonly NamedRule[],
  who: Pick<Who, "history" | "purchased">,
  { products, purchaseWeight, now }: BoughtOptions,
): BoughtAgain {
  const hidden = new Set<number>();
  const effects = new Map<number, ItemEffect>();
  const hides = new Map<string, number>();
  let until = Infinity;
  const named = withEffect(rules, "boughtAgain");
  const bought = named.length === 0
    ? new Map<number, number>()
    : lastPurchases(who, { products, purchaseWeight });
  const meant = named.map(({ name, boughtAgain: { days = Infinity, ...conditions } }) => ({
    ...{ name, days, mask: maskOf(products, conditions) },
  }));
  for (const [item, time] of bought) {
    const rule = meant.find(({ mask }) => !mask || mask[item] === 1);
    if (!rule) continue;
    const due = time + rule.days * MS_PER_DAY;
    if (due <= now) {
      const bought = new Date(time).toISOString();
      effects.set(item, { rule: rule.name, effect: "boughtAgain", bought });
    } else {
      hidden.add(item);
      hides.set(rule.name, (hides.get(rule.name) ?? 0) + 1);
      until = Math.min(until, due);
    }
  }
  return {
    hidden,
    due: new Set(effects.keys()),
    outcomes: named.map(({ name }) => ({
      ...{ rule: name, effect: "boughtAgain", isMet: true, hides: hides.get(name) ?? 0 },
    })),
    until,
    of: (item) => effects.has(item) ? [effects.get(item)!] : [],
  };
}

/** Undefined if there are no conditions: then all products meet them. */
function maskOf(products: Products, conditions: ProductConditions): Uint8Array | undefined {
  const hasAny = Object.values(conditions).some((value) => value !== undefined);
  return hasAny ? meeting(products, conditions) : undefined;
}

/**
 * When a user last bought each product, in milliseconds since 1970-01-01 UTC. Of purchases from
 * before the history begins, only when they arrived is known.
 */
function lastPurchases(
  { history: { items, weights, times }, purchased = [] }: Pick<Who, "history" | "purchased">,
  { products, purchaseWeight }: Pick<BoughtOptions, "products" | "purchaseWeight">,
): ReadonlyMap<number, number> {
  const last = new Map<number, number>();
  const leastWeight = Math.fround(purchaseWeight);
  items.forEach((item, event) => {
    if (weights[event] >= leastWeight) last.set(item, 1000 * times[event]);
  });
  for (const { productId, received } of purchased) {
    const item = products.indexOf(productId);
    if (item >= 0 && !last.has(item)) last.set(item, received);
  }
  return last;
}
