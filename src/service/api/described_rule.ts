import type { z } from "zod";
import { isoTime } from "../../base/time.ts";
import { checkRule } from "../placements/definition/check_placements.ts";
import type { ruleAnswer } from "../schema/answers.ts";
import type { Immutable } from "../schema/immutable.ts";
import type { ShopRule } from "../store/entries/shop_rules.ts";
import type { ApiContext } from "./route.ts";

/** A rule as the API answers it, with what it names that nobody knows. */
export function describeRule(
  name: string,
  { from, until, placements, ...rule }: ShopRule,
  { shop }: Pick<ApiContext, "shop">,
): Immutable<z.output<typeof ruleAnswer>> {
  const { products } = shop.recommender;
  // Which segments there are is checked when a rule is put.
  const { segments: _, ...named } = rule;
  return {
    name,
    ...(placements && { placements }),
    ...(from !== undefined && { from: isoTime(from / 1000) }),
    ...(until !== undefined && { until: isoTime(until / 1000) }),
    ...rule,
    warnings: checkRule(named, { segments: {} }, { models: [], products }),
  };
}
