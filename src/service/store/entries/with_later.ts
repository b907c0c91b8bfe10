import type { Exposure } from "../../../experiments/exposures/exposure.ts";
import { MOST_SHOWN } from "../../schema/exposures.ts";

/**
 * A list with what its user saw of it later: further products at further places, at most a hundred
 * in all, sorted by place. Everything else stays as it was first. Undefined if nothing is new: a
 * product or a place that is there already isn't added again.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const first = { listId: "l1", at: 0, userId: "ann", model: "als", productIds: ["7"],
 *   positions: [2], propensities: [1] };
 * const later = { ...first, at: 9, productIds: ["7", "9"], positions: [2, 1],
 *   propensities: [1, 1] };
 * const { at, productIds, positions } = withLater(first, later)!;
 * assertEquals([at, productIds, positions], [0, ["9", "7"], [1, 2]]);
 * assertEquals(withLater(first, first), undefined);
 * ```
 */
export function withLater<List extends Exposure>(
  first: List,
  { productIds, positions, propensities }: Exposure,
): List | undefined {
  const isShown = new Set(first.productIds);
  const isTaken = new Set(first.positions);
  const places = first.positions.map((position, i) => ({
    position,
    productId: first.productIds[i],
    propensity: first.propensities[i],
  }));
  productIds.forEach((productId, i) => {
    const position = positions[i];
    if (places.length === MOST_SHOWN || isShown.has(productId) || isTaken.has(position)) return;
    places.push({ position, productId, propensity: propensities[i] });
  });
  if (places.length === first.productIds.length) return undefined;
  places.sort((a, b) => a.position - b.position);
  return {
    ...first,
    productIds: places.map(({ productId }) => productId),
    positions: places.map(({ position }) => position),
    propensities: places.map(({ propensity }) => propensity),
  };
}
