import type { Products } from "../../catalogue/products.ts";
import type { NamedRule } from "../definition/placements.ts";
import { meeting } from "./conditions.ts";
import { type ItemEffect, type Outcome, withEffect } from "./outcome.ts";

/** What the boosts in effect do to scores. */
export interface Boosts {
  /** The product of all factors that mean a product; undefined if there are no boosts. */
  readonly factors: Float32Array | undefined;
  readonly outcomes: readonly Outcome[];
  /** What each of them did to a product. */
  of(item: number): ItemEffect[];
}

/** Multiplies the factors of all boosts, for each product. */
export function boostsOf(rules: readonly NamedRule[], products: Products): Boosts {
  const boosts = withEffect(rules, "boost").map(({ name, boost }) => ({
    ...{ name, factor: boost.factor },
    mask: meeting(products, boost),
  }));
  if (boosts.length === 0) return { factors: undefined, outcomes: [], of: () => [] };
  const factors = new Float32Array(products.size).fill(1);
  for (const { factor, mask } of boosts) {
    for (let item = 0; item < mask.length; item++) if (mask[item]) factors[item] *= factor;
  }
  return {
    factors,
    outcomes: boosts.map(({ name, mask }) => ({
      ...{ rule: name, effect: "boost" },
      ...(mask.includes(1) ? { isMet: true } : { isMet: false, detail: "it means no product" }),
    })),
    of: (item) =>
      boosts.filter(({ mask }) => mask[item])
        .map(({ name, factor }) => ({ rule: name, effect: "boost", factor })),
  };
}
