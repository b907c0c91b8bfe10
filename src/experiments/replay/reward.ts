import { InputError } from "../../base/input_error.ts";
import type { ExposureWithOutcomes, OutcomeType } from "../exposures/exposure.ts";

/** What a policy is valued by. */
export const REWARDS = ["click", "cart", "purchase", "revenue"] as const;

/** One of {@linkcode REWARDS}. */
export type Reward = typeof REWARDS[number];

const TYPE_OF: Readonly<Record<Reward, OutcomeType>> = {
  click: "view",
  cart: "cart",
  purchase: "purchase",
  revenue: "purchase",
};

/**
 * What each place of a list brought: 1 for a click, a cart or a purchase and otherwise 0, or the
 * price of what was bought.
 *
 * @returns By place, in the order of the exposure's products.
 * @throws {InputError} If revenue is wanted and a purchase has no price; names the list.
 */
export function rewardsOf({ exposure, outcomes }: ExposureWithOutcomes, reward: Reward): number[] {
  const brought = new Map<string, number>();
  for (const { type, productId, price, listId } of outcomes) {
    if (type !== TYPE_OF[reward]) continue;
    if (reward === "revenue" && price === undefined) {
      throw new InputError(
        `Cannot value list ${listId} by revenue: the purchase of product ${productId} must have ` +
          "a price; send prices with purchases, or value by purchase",
      );
    }
    brought.set(productId, reward === "revenue" ? price! : 1);
  }
  return exposure.productIds.map((productId) => brought.get(productId) ?? 0);
}
