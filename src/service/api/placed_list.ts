import { nearestName } from "../../base/nearest_name.ts";
import { ProblemError } from "../http/problem.ts";
import { type PlacedAnswer, placedAnswer } from "../placements/placed_answer.ts";
import type { Placement, Placements } from "../placements/definition/placements.ts";
import type { Step } from "../placements/definition/schema.ts";
import type { PlacementRequest } from "../placements/request.ts";
import { resolvePlacement } from "../placements/resolve.ts";
import type { Assigned, Assignment } from "../experiments/running_experiments.ts";
import type { ExposableList } from "../exposures/exposures.ts";
import type { ListOrigin } from "../exposures/list_ids.ts";
import type { RecommendationList, RecommendedProduct } from "../recommend/recommendation.ts";
import { idsOf } from "./list_format.ts";
import type { Who } from "../placements/strategies/strategy.ts";
import type { CountedPlacement } from "../observability/metrics.ts";
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
  { shop: { rules }, placements }: Pick<ApiContext, "shop" | "placements">,
): Pick<PlacementAsk, "placement" | "request"> | undefined {
  const isPlain = rules.every(({ placements }) => placements !== undefined);
  if (isPlain && placements.defaults.length === 0) return undefined;
  return {
    placement: plainPlacement({ strategy: "personal", model, diversity, calibration }, placements),
    request,
  };
}

/** A step as a placement without a name: the rules for all lists hold. */
export function plainPlacement(step: Step, { defaults: rules }: Placements): Placement {
  return { steps: [step], hasChain: false, rules, variants: [] };
}

/** Whom a placement's list is for, where, and what else is asked. */
export interface PlacementAsk {
  readonly placement: Placement;
  /** Whose list it is, for experiments and impressions. Default a visitor's without an id. */
  readonly userId?: string;
  readonly who: Who;
  /** Ids of the products of the page or basket; unknown ones are ignored. Default none. */
  readonly productIds?: readonly string[];
  readonly request: PlacementRequest;
}

/** What makes lists, gives them ids and assigns them to experiments. */
export type ListContext = Pick<ApiContext, "shop" | "placements" | "exposures" | "experiments">;

/** A placement's list that was made. */
export interface MadePlacedList {
  readonly list: PlacedAnswer;
  /** Until when it is valid while nothing changes; milliseconds since 1970-01-01 UTC. */
  readonly until: number;
  /** What was counted. */
  readonly placed: CountedPlacement;
  /** What its ids say; absent if lists have none. */
  readonly shown?: ExposableList;
}

/**
 * Makes and counts a placement's list, that of the user's arm in an experiment.
 *
 * @throws {ProblemError} 400 if the request contradicts the placement.
 */
export async function makePlacedList(
  { placement, userId, who, productIds = [], request }: PlacementAsk,
  { shop, placements, exposures, experiments }: ListContext,
): Promise<MadePlacedList> {
  const { assigned, until } = assignmentOf(userId, placement.name, experiments);
  const page = productIds.map((id) => shop.recommender.products.indexOf(id))
    .filter((item) => item >= 0);
  const { rules, metrics } = shop;
  const resolved = await resolvePlacement(servedTo(placement, assigned, placements), who, {
    ...{ shop, placements, rules, page, request },
    ...(exposures && { exploration: () => exposures.explored.of(placement.name) }),
  });
  const list = placedAnswer(resolved, request);
  metrics.listMade(list);
  const unmet = resolved.outcomes.filter(({ isMet }) => !isMet).map(({ rule }) => rule);
  const placed = { placement: resolved.placement, unmet };
  metrics.placementListMade(placed);
  const isImplied = placement.impressions === "implied" && userId !== undefined &&
    !request.explain;
  const shown = await exposures?.prepare(
    {
      ...originOf(list, { placement: placement.name, assigned, offset: request.offset }),
      propensities: resolved.placed.map(({ propensity = 1 }) => propensity),
    },
    isImplied ? { userId, productIds: idsOf(list) } : undefined,
  );
  return { list, until: Math.min(until, resolved.until), placed, ...(shown && { shown }) };
}

/**
 * A user's arm for a list, if the list is in an experiment.
 *
 * @param placement The placement that was asked for; undefined for a list without one.
 */
export function assignmentOf(
  userId: string | undefined,
  placement: string | undefined,
  experiments: ListContext["experiments"],
): Assignment {
  if (userId === undefined || !experiments) return { until: Infinity };
  return experiments.assign(userId, placement);
}

/** What the id of a list says of it. */
export function originOf(
  { model }: Pick<RecommendationList, "model">,
  { placement, assigned, offset }: {
    readonly placement?: string;
    readonly assigned?: Assigned;
    readonly offset?: number;
  },
): ListOrigin {
  return {
    ...{ placement, model, offset },
    ...(assigned && { experiment: assigned.experiment, arm: assigned.arm }),
  };
}

/** The placement that a user's arm has: another one, or this one with another model. */
function servedTo(
  placement: Placement,
  { model, placement: other }: Partial<Assigned> = {},
  placements: Placements,
): Placement {
  if (other !== undefined) return placements.get(other) ?? placement;
  if (model === undefined) return placement;
  const [own, ...chain] = placement.steps;
  return { ...placement, steps: [{ ...own, model }, ...chain] };
}

/** A placement's list as a route answers it that has no placements. */
export function withoutSteps(
  { model, items }: PlacedAnswer,
): { readonly model: string; readonly items: readonly RecommendedProduct[] } {
  return { model, items: items.map(({ step: _, ...product }) => product) };
}
