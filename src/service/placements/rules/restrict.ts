import type { Products } from "../../catalogue/products.ts";
import type { NamedRule } from "../definition/placements.ts";
import { meeting } from "./conditions.ts";
import type { Outcome } from "./outcome.ts";

/** Why a rule that includes or excludes isn't met. */
export const LEAVES_NOTHING = "it would leave no product, so it is off";

/**
 * Applies the rules that include or exclude products, in their order, each to what the ones before
 * it have left. A rule that would leave no product isn't applied.
 *
 * @param allowed One number per product, 0 for those that the list must not contain; changed.
 * @returns What became of each rule.
 */
export function restrict(
  allowed: Uint8Array,
  rules: readonly NamedRule[],
  products: Products,
): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const { name, include, exclude } of rules) {
    if (include) {
      outcomes.push(keep(allowed, meeting(products, include), { name, effect: "include" }));
    }
    if (exclude) {
      const others = meeting(products, exclude).map((is) => 1 - is);
      outcomes.push(keep(allowed, others, { name, effect: "exclude" }));
    }
  }
  return outcomes;
}

function keep(
  allowed: Uint8Array,
  mask: Uint8Array,
  { name, effect }: { name: string; effect: "include" | "exclude" },
): Outcome {
  const left = allowed.map((is, item) => is & mask[item]);
  if (!left.includes(1) && allowed.includes(1)) {
    return { rule: name, effect, isMet: false, detail: LEAVES_NOTHING };
  }
  allowed.set(left);
  return { rule: name, effect, isMet: true };
}
