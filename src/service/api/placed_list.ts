import { nearestName } from "../../base/nearest_name.ts";
import { STATUS_CODE } from "../../base/std/http.ts";
import { ProblemError } from "../http/problem.ts";
import { type PlacedAnswer, placedAnswer } from "../placements/placed_answer.ts";
import type { Placement, Placements } from "../placements/definition/placements.ts";
import type { PlacementRequest } from "../placements/request.ts";
import { resolvePlacement } from "../placements/resolve.ts";
import type { Who } from "../placements/strategies/strategy.ts";
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

/** Whom a placement's list is for, where, and what else is asked. */
export interface PlacementAsk {
  readonly placement: Placement;
  readonly who: Who;
  /** Ids of the products of the page or basket. Default none. */
  readonly productIds?: readonly string[];
  readonly request: PlacementRequest;
}

/**
 * Makes and counts a placement's list.
 *
 * @returns The answer, and until when it is valid while nothing changes.
 * @throws {ProblemError} 400 if the request contradicts the placement, 404 if nobody knows any
 *   product of the page.
 */
export async function makePlacedList(
  { placement, who, productIds = [], request }: PlacementAsk,
  { shop, placements }: Pick<ApiContext, "shop" | "placements">,
): Promise<{ list: PlacedAnswer; until: number }> {
  const page = productIds.map((id) => shop.recommender.products.indexOf(id))
    .filter((item) => item >= 0);
  if (productIds.length > 0 && page.length === 0) {
    throw new ProblemError({
      status: STATUS_CODE.NotFound,
      detail: "No product has this id; GET /products finds products",
      parameter: "productId",
    });
  }
  const resolved = await resolvePlacement(placement, who, { shop, placements, page, request });
  const list = placedAnswer(resolved, request);
  shop.metrics.listMade(list);
  return { list, until: resolved.until };
}
