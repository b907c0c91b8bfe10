import { nearestName } from "../../base/nearest_name.ts";
import { ProblemError } from "../http/problem.ts";
import { type PlacedAnswer, placedAnswer } from "../placements/placed_answer.ts";
import type { Placement, Placements } from "../placements/definition/placements.ts";
import type { PlacementRequest } from "../placements/request.ts";
import { resolvePlacement } from "../placements/resolve.ts";
import type { Who } from "../placements/strategies/strategy.ts";
import type { Shop } from "../recommend/shop.ts";
import type { ApiContext } from "./route.ts";

/**
 * A placement by name.
 *
 * @param options `status` and `parameter`: of the problem if there is none.
 * @throws {ProblemError} If there is no such placement; names the nearest.
 */
export function findPlacement(
  placements: Placements,
  name: string,
  { status, parameter }: { status: number; parameter: string },
): Placement {
  const placement = placements.get(name);
  if (placement) return placement;
  const { names } = placements;
  const nearest = nearestName(name, names);
  const hint = names.length === 0
    ? "the service has none; PLACEMENTS names their file"
    : nearest === undefined
    ? `there are ${names.join(", ")}`
    : `did you mean ${nearest}?`;
  throw new ProblemError({
    status,
    detail: `No placement has this name; ${hint}`,
    parameter,
    allowed: names,
  });
}

/**
 * A list without a placement, as the placement that makes it where the shop has rules for all
 * lists; undefined if it has none.
 */
export function placementOfPlain(
  { model, diversity, calibration, ...request }: PlacementRequest,
  { rules }: Pick<Shop, "rules">,
): Pick<PlacementAsk, "placement" | "request"> | undefined {
  if (rules.every(({ placements }) => placements !== undefined)) return undefined;
  const steps = [{ strategy: "personal", model, diversity, calibration }] as const;
  return { placement: { steps, hasChain: false, rules: [], variants: [] }, request };
}

/** Whom a placement's list is for, where, and what else is asked. */
export interface PlacementAsk {
  readonly placement: Placement;
  readonly who: Who;
  /** Ids of the products of the page or basket; unknown ones are ignored. Default none. */
  readonly productIds?: readonly string[];
  readonly request: PlacementRequest;
}

/**
 * Makes and counts a placement's list.
 *
 * @returns The answer, and until when it is valid while nothing changes.
 * @throws {ProblemError} 400 if the request contradicts the placement.
 */
export async function makePlacedList(
  { placement, who, productIds = [], request }: PlacementAsk,
  { shop, placements }: Pick<ApiContext, "shop" | "placements">,
): Promise<{ list: PlacedAnswer; until: number }> {
  const page = productIds.map((id) => shop.recommender.products.indexOf(id))
    .filter((item) => item >= 0);
  const { rules, metrics } = shop;
  const resolved = await resolvePlacement(placement, who, {
    ...{ shop, placements, rules, page, request },
  });
  const list = placedAnswer(resolved, request);
  metrics.listMade(list);
  const unmet = resolved.outcomes.filter(({ isMet }) => !isMet).map(({ rule }) => rule);
  metrics.placementListMade({ placement: resolved.placement, unmet });
  return { list, until: resolved.until };
}
