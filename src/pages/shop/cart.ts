import type { UserHistory } from "../frame/history.ts";

/**
 * What is in a user's cart: products put there since they were last bought, the latest first.
 *
 * @param events Newest first; the API has left out what was removed again.
 */
export function cartOf(events: UserHistory["events"]): string[] {
  const bought = new Set<string>();
  const inCart = new Set<string>();
  for (const { productId, type } of events) {
    if (type === "purchase") bought.add(productId);
    if (type === "cart" && !bought.has(productId)) inCart.add(productId);
  }
  return [...inCart];
}
