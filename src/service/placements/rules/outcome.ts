import type { EFFECTS } from "../../schema/business_rules.ts";
import type { RecommendedProduct } from "../../recommend/recommendation.ts";
import type { NamedRule } from "../definition/placements.ts";

/** What a rule does. */
export type Effect = typeof EFFECTS[number];

/** What became of a rule in a list. */
export interface Outcome {
  readonly rule: string;
  readonly effect: Effect;
  readonly isMet: boolean;
  /** Why it isn't met. */
  readonly detail?: string;
}

/** What a rule did to one product of a list. */
export interface ItemEffect {
  readonly rule: string;
  readonly effect: Effect;
  /** Of a boost: what the score was multiplied by. */
  readonly factor?: number;
  /** Of a pin: the place that the rule asks for. */
  readonly position?: number;
}

/** A product of a list that is being made. */
export interface Placed {
  readonly item: number;
  readonly product: RecommendedProduct;
  /** Which step found it: 0 is the placement's own; absent for a pin. */
  readonly step?: number;
  readonly effects: readonly ItemEffect[];
  /**
   * How likely it was at its place, given the places before it. Absent where nothing was left to
   * chance.
   */
  readonly propensity?: number;
}

/** The rules with a certain effect, in their order. */
export function withEffect<Name extends Effect>(
  rules: readonly NamedRule[],
  effect: Name,
): readonly (NamedRule & { readonly [Key in Name]-?: NonNullable<NamedRule[Key]> })[] {
  return rules.filter((rule) => rule[effect] !== undefined) as never;
}
