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
  /** Of `boughtAgain`: how many of the user's products it hides for now. */
  readonly hides?: number;
}

/** What a rule did to one product of a list. */
export interface ItemEffect {
  readonly rule: string;
  readonly effect: Effect;
  /** Of a boost: what the score was multiplied by. */
  readonly factor?: number;
  /** Of a pin: the place that the rule asks for. */
  readonly position?: number;
  /** Of `boughtAgain`: when the user last bought the product, as ISO 8601. */
  readonly bought?: string;
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

/** One outcome for each rule: of a rule that sets several limits the first that isn't met. */
export function oncePerRule(outcomes: readonly Outcome[]): Outcome[] {
  const byRule = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    if (byRule.get(outcome.rule)?.isMet !== false) byRule.set(outcome.rule, outcome);
  }
  return [...byRule.values()];
}
